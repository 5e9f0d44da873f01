"""One machine, one command: SQLite, a queue in files, mail on the console. For trying out and for developing."""

import secrets
from pathlib import Path

from config.env import env_bool, env_list, env_secret
from config.settings.base import *  # noqa: F403 - a settings module is its base plus what differs
from config.settings.base import VAR_DIR


def local_secret_key(path: Path) -> str:
    """Return this machine's own key, made on first use, so that sessions survive a restart and no key is shared."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()


DEBUG = env_bool("DANEGELD_DEBUG", False)
SECRET_KEY = env_secret("DANEGELD_SECRET_KEY", local_secret_key(VAR_DIR / "secret_key"))
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env_list("DANEGELD_HOSTS")]
# Static files straight from the apps and build/static: nothing to collect before the first start.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# Trying out happens without a mail server: nobody could confirm an address.
TRY_OUT = True
