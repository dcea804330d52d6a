"""Statements that read what is not theirs: files, hosts, the environment, the server itself."""

from tests.dashboard.sandbox.hostile.family import lines

READS_FILES = lines("""
select * from read_csv('{file}')
select * from read_csv_auto('{file}')
select * from read_text('{file}')
select * from read_blob('{file}')
select * from read_json('{file}')
select * from read_json_auto('{file}')
select * from read_json_objects('{file}')
select * from read_ndjson('{file}')
select * from read_parquet('{file}')
select * from parquet_scan('{file}')
select * from parquet_metadata('{file}')
select * from parquet_schema('{file}')
select * from sniff_csv('{file}')
select * from read_csv(['{file}', '{file}'])
select * from read_text('{folder}/*')
select * from glob('{folder}/*')
select * from glob('/etc/*')
select * from read_csv('/etc/passwd', sep=':', header=false)
select * from read_text('/proc/self/environ')
select * from read_blob('/proc/self/mem')
select * from read_text('../../../../../../../../etc/passwd')
select * from read_csv('file://{file}')
with t as (from read_text('{file}')) select content from t
select (select content from read_text('{file}'))
select 1 where exists (from read_text('{file}'))
select * from mart.fact join read_text('{file}') on true
select * from (values ('{file}')) as f(path), lateral (select * from read_text(f.path))
select * from query('select * from read_text(''{file}'')')
select * from query_table('{file}')
describe select * from read_csv('{file}')
summarize from read_csv('{file}')
explain select * from read_csv('{file}')
""")

REPLACES = lines("""
from '{file}'
select * from '{file}'
select * from "{file}"
table "{file}"
from '/etc/passwd'
from '{folder}/*.csv'
from 'warehouse.duckdb'
select * from "warehouse.duckdb"
summarize '{file}'
describe '{file}'
from job
from connection
from sys
from rows
from _CONFIG
pivot '{file}' on a in (1) using count(*)
unpivot '{file}' on a
""")

NETWORK = lines("""
select * from read_csv('http://127.0.0.1:{port}/x.csv')
select * from read_text('http://127.0.0.1:{port}/x')
select * from read_json('https://127.0.0.1:{port}/x.json')
select * from read_parquet('s3://bucket/key.parquet')
select * from read_parquet('hf://datasets/a/b.parquet')
from 'http://127.0.0.1:{port}/x.parquet'
select * from 'https://127.0.0.1:{port}/x.csv'
attach 'http://127.0.0.1:{port}/x.duckdb' as x
connect 'quack:127.0.0.1:{port}'
select http_get('http://127.0.0.1:{port}/')
select * from postgres_scan('host=127.0.0.1 port={port}', 'public', 't')
select * from sqlite_scan('{file}', 't')
select * from iceberg_scan('http://127.0.0.1:{port}/')
select * from st_read('{file}')
""")

SECRETS = lines("""
create secret s (type s3, key_id 'a', secret 'b')
create persistent secret s (type http, bearer_token 'x')
drop secret s
select getenv('HOME')
select getenv('PATH')
select * from read_text(getenv('HOME') || '/.bashrc')
select system('id')
select shell('id')
select py('import os')
""")

BLIND = lines("""
from duckdb_secrets()
select * from which_secret('s3://b', 's3')
select write_log('x', level := 'error', scope := 'database')
from duckdb_settings()
from duckdb_databases()
from duckdb_temporary_files()
from duckdb_memory()
from duckdb_logs()
from duckdb_extensions()
from duckdb_views()
from pragma_database_list()
from pragma_storage_info('core.fact')
from pragma_version()
from pragma_platform()
select current_setting('temp_directory'), current_setting('secret_directory'), current_setting('home_directory')
select current_user, current_database(), version()
from pg_catalog.pg_settings
from information_schema.tables
select * from duckdb_external_file_cache()
show all tables
""")
