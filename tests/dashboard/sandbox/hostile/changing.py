"""Statements that write, attach, load, set, or hide the tables that others read."""

from tests.dashboard.sandbox.hostile.family import lines

WRITES_FILES = lines("""
copy (select 1) to '{folder}/out.csv'
copy mart.fact to '{folder}/out.parquet' (format parquet)
copy (from mart.fact) to '/dev/stdout'
copy (select 'x') to program 'sh'
copy mart.fact from '{file}'
export database '{folder}/dump'
import database '{folder}/dump'
copy from database warehouse to memory
select * from write_csv('{folder}/out.csv')
""")

ATTACHES = lines("""
attach '{file}' as f
attach ':memory:' as m
attach '{folder}/new.duckdb'
attach database 'warehouse.duckdb' as again (read_only false)
attach 'sqlite:{file}' as s
attach if not exists '{file}' as f
detach warehouse
use memory
use main
create schema s
""")

EXTENSIONS = lines("""
install httpfs
install httpfs from community
force install json
load httpfs
load '{file}'
load json
update extensions
install 'http://127.0.0.1:{port}/evil.duckdb_extension'
select * from duckdb_install_extension('httpfs')
""")

SETTINGS = lines("""
set memory_limit = '100GB'
set threads = 64
set max_execution_time = 0
set enable_external_access = true
set lock_configuration = false
set global temp_directory = '{folder}'
set session search_path = 'core'
set allowed_directories = ['/']
set variable x = (select content from read_text('{file}'))
reset memory_limit
reset enable_external_access
pragma memory_limit = '100GB'
pragma enable_profiling = 'json'
pragma profiling_output = '{folder}/profile.json'
pragma database_list
pragma table_info('mart.fact')
pragma enable_logging
pragma enable_object_cache
call enable_logging('QueryLog')
call pragma_version()
set schema = 'core'
select set_config('threads', '64')
select current_setting('enable_external_access', true), set('threads', 8)
""")

TEMPORARY = lines("""
create temp view fact as select 1
create temp table fact as select 1
create or replace temp view zh.x as select 1
create temp macro contains(a, b) as true
create macro count(x) as 1
create or replace view mart.fact as select 1
create function f(x) as x
create type mood as enum ('a')
create sequence s
create temp sequence s
comment on table mart.fact is 'x'
alter table mart.fact rename to f
drop table mart.fact
drop view zh.事实总表
truncate mart.fact
""")

CHANGES = lines("""
insert into mart.fact select * from mart.fact
update mart.fact set obs_value = 0
delete from mart.fact
merge into mart.fact as a using mart.fact as b on a.fact_id = b.fact_id when matched then delete
with gone as (delete from mart.fact returning *) select * from gone
with more as (insert into meta.build select * from meta.build returning *) from more
create table mart.x as select 1
create index i on mart.fact (fact_id)
vacuum
analyze
checkpoint
force checkpoint
select * from force_checkpoint()
select nextval('s')
""")
