"""Texts sent to break things: formulas, SQL, scripts, paths. JSON and files have tests of their own."""

from itertools import product

FORMULAS = [
    start + rest
    for start, rest in product(
        ("=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠"),
        (
            "1+1",
            'HYPERLINK("http://x.example","y")',
            "cmd|' /C calc'!A0",
            "SUM(A1:A9)",
            "IMPORTXML(A1)",
            "2+5+cmd|'!A0",
        ),
    )
]
"""What a spreadsheet would compute."""

SQL = [
    prefix + text
    for prefix, text in product(
        ("", "1", "x'", 'x"', "%"),
        (
            "' OR '1'='1",
            "'; DROP TABLE planner_plan; --",
            "' UNION SELECT NULL--",
            "\\'; SELECT 1; --",
            "') OR 1=1--",
            "' AND SLEEP(5)--",
            "'||pg_sleep(5)--",
            "${jndi:ldap://x}",
            "{{7*7}}",
            "%27%20OR%201=1",
            "' OR ''='",
            "`id`",
            "admin'--",
            "1;SELECT pg_sleep(5)",
            "' AND 1=CAST(version() AS int)--",
            "_connector=OR",
            "__class__",
            "' INTO OUTFILE '/tmp/x",
            '" OR ""="',
            "*/ OR 1=1 /*",
            "[$ne]=1",
            "0x27204f52",
            "'; WAITFOR DELAY '0:0:5'--",
            "order by 9999",
            "' RLIKE '.*'--",
            "(SELECT 1)",
            "'; COPY x TO PROGRAM 'id'; --",
            "' LIMIT 1 OFFSET 1--",
            "-1' ",
            "null",
            "true",
            "1e309",
            "NaN",
            "../../etc",
            "';VACUUM--",
            "\\x27",
            "'+'",
            "''",
            '""',
            "--",
        ),
    )
]
"""What a query put together from text would run."""

SCRIPTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "'\"><b id=hostile>",
    "</title><script>1</script>",
    "<iframe srcdoc='<b>'>",
    "&lt;script&gt;",
    "<!--",
    "]]>",
    "{% load x %}",
    "{{ request.user }}",
    "<math><mtext></form>",
    "<a href='//x'>",
    "\u2028<script>",
    "<style>*{}</style>",
]
"""What a page that does not escape would obey."""

PATHS = [
    "../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "....//....//etc/passwd",
    "/etc/passwd",
    "C:\\boot.ini",
    "..\\..\\x",
    "file:///etc/passwd",
    "%00",
    "a%00.csv",
    "CON",
    "NUL.csv",
    ".",
    "..",
    "~root",
    "a/b",
    "a;ls",
    "a|ls",
    "$(id)",
    "a\nb",
    "a" * 300,
    "%2e%2e/",
    "..;/",
    "%c0%ae%c0%ae/",
    "\u202egnp.exe",
    " .csv",
    "-rf",
    "*",
    "?",
    "#",
    "index.php",
    "web.config",
    ".env",
    ".git/config",
    "proc/self/environ",
    "\\\\host\\share",
    "%252e%252e%252f",
    "a..b",
    "…",
    "/dev/zero",
    "nul\x01",
]
"""Names that lead elsewhere, or nowhere."""
