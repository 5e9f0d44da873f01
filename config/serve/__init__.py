"""`manage.py serve`: web, worker and sweeper under one roof, for one machine without any server to install."""
