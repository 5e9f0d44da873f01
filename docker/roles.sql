-- The three roles. Run once as a superuser, with passwords of your own:
--   psql -v owner_password="'…'" -v app_password="'…'" -v backup_password="'…'" -f docker/roles.sql
CREATE ROLE danegeld_owner LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :owner_password;
CREATE ROLE danegeld_app LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :app_password;
CREATE ROLE danegeld_backup LOGIN NOSUPERUSER BYPASSRLS PASSWORD :backup_password;
CREATE DATABASE danegeld OWNER danegeld_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE danegeld FROM PUBLIC;
GRANT CONNECT ON DATABASE danegeld TO danegeld_app, danegeld_backup;
