#!/bin/sh
# One image, four programs: web, worker, sweeper, and prepare (migrations and rights, run once per release).
set -eu

case "${1:-web}" in
    web)
        python manage.py check --deploy --database default --fail-level ERROR
        exec python -m gunicorn config.wsgi --bind 0.0.0.0:8000 --no-control-socket --worker-tmp-dir /dev/shm \
            --worker-class gthread --workers "${DANEGELD_WEB_PROCESSES:-1}" --threads "${DANEGELD_WEB_THREADS:-8}" \
            --timeout 60 --graceful-timeout 20 --log-level warning
        ;;
    worker)
        exec python -m celery -A config.celery --quiet worker --pool prefork --concurrency "${DANEGELD_WORKER_SLOTS:-2}" \
            --without-gossip --without-mingle --without-heartbeat --loglevel WARNING
        ;;
    sweeper)
        exec python manage.py sweep
        ;;
    prepare)
        # As the owner of the tables: web and workers connect as a role that owns nothing.
        export DANEGELD_DATABASE_URL="${DANEGELD_OWNER_DATABASE_URL:?is not set: the owner address is needed to migrate}"
        python manage.py migrate --noinput
        python manage.py secure_database --app "${DANEGELD_APP_ROLE:-danegeld_app}" --backup "${DANEGELD_BACKUP_ROLE:-danegeld_backup}"
        exec python manage.py load_catalogue
        ;;
    *)
        exec python manage.py "$@"
        ;;
esac
