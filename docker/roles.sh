#!/bin/sh
# The postgres image runs this on its first start: roles.sql with the passwords of the environment.
set -eu
psql --username "$POSTGRES_USER" --dbname postgres -v ON_ERROR_STOP=1 \
    -v owner_password="'$DANEGELD_OWNER_PASSWORD'" -v app_password="'$DANEGELD_APP_PASSWORD'" \
    -v backup_password="'$DANEGELD_BACKUP_PASSWORD'" -f /roles.sql
