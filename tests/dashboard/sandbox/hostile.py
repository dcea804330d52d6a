"""Two hundred statements of people who mean harm, by what they try. {file}, {folder} and {port} are filled in by the test.

`stopped` families must end in a fault; `bounded` ones may end in rows, as long as they end in time; `blind` ones may end in
rows that hold nothing of the file outside.
"""

from __future__ import annotations

from typing import NamedTuple


class Family(NamedTuple):
    """What is tried, how it must end, and the statements."""

    name: str
    ends: str
    statements: tuple[str, ...]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())


READS_FILES = _lines("""
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
REPLACES = _lines("""
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
NETWORK = _lines("""
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
WRITES_FILES = _lines("""
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
ATTACHES = _lines("""
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
EXTENSIONS = _lines("""
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
SETTINGS = _lines("""
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
SECRETS = _lines("""
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
BLIND = _lines("""
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
TEMPORARY = _lines("""
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
CHANGES = _lines("""
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
PREPARED = _lines("""
prepare p as select 1
execute p
deallocate p
begin
commit
rollback
begin transaction read write
explain analyze select 1
explain analyze select count(*) from range(100000000000)
explain (analyze) select 1
explain (analyze, format json) select 1
explain/**/analyze select 1
explain -- a
""")
SEVERAL = _lines("""
select 1; select 2
select 1; drop table mart.fact
select 1;; select 2
;select 1;select 2;
select 1 /* ; */ ; set threads = 8
select ';' ; select 2
select $$;$$; select 2
begin; select 1; commit
-- a comment only
/* a comment only */
;
pivot mart.fact on phase
pivot mart.fact on phase using count(*) group by province
""")
DISGUISED = (
    "sel/**/ect 1",
    "DROP/**/TABLE/**/mart.fact",
    "--\rdrop table mart.fact",
    "/* select 1 */ drop table mart.fact",
    "/*/* nested */*/ set threads = 8",
    "select 1\u037e drop table mart.fact",
    "select 1 \uff1b drop table mart.fact",
    "\ufeffdrop table mart.fact",
    "\u202edrop table mart.fact",
    "ｄｒｏｐ ｔａｂｌｅ mart.fact",
    "select 1\x00; drop table mart.fact",
    "\x00drop table mart.fact",
    "drop\u00a0table mart.fact",
    "drop\u2028table mart.fact",
    "dr\u043ep table mart.fact",
    "from read_text('\\x2fetc/passwd')",
    "from read_text(E'\\x2fetc\\x2fpasswd')",
    "select * from read_text(chr(47) || 'etc/passwd')",
    "select * from read_text(concat('/et', 'c/passwd'))",
    "COPY/**/(select 1)/**/TO '/tmp/x'",
    "eXpLaIn AnAlYzE select 1",
    "explain\nanalyze\nselect 1",
    "explain /* */ analyze select 1",
    "(drop table mart.fact)",
    "select 'a' \ud800",
)
ROW_BOMBS = _lines("""
select count(*) from range(1000000000000)
select count(*) from range(1000000) a, range(1000000) b
select sum(a.obs_value * b.obs_value * c.obs_value * d.obs_value) from mart.fact a, mart.fact b, mart.fact c, mart.fact d
from mart.fact a, mart.fact b, mart.fact c
with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t
with recursive t(n) as (select 1 union all select n + 1 from t) from t
with recursive t(n, s) as (select 1, 'x' union all select n + 1, s || s from t) select max(length(s)) from t
with recursive t(n) as (select 1 union select (n * 1103515245 + 12345) % 2147483648 from t) select count(*) from t
select unnest(range(100000000))
select unnest(range(1000000000)) order by 1 desc
select generate_series(1, 1000000000000)
from generate_series(timestamp '0001-01-01', timestamp '9999-12-31', interval 1 microsecond)
select distinct a.range % 999983 from range(100000000) a, range(1000) b
select a.fact_id from mart.fact a, mart.fact b, mart.fact c order by random()
select row_number() over (order by a.obs_value * b.obs_value) from mart.fact a, mart.fact b, mart.fact c
select count(distinct a.fact_id || b.fact_id || c.fact_id) from mart.fact a, mart.fact b, mart.fact c
select max(levenshtein(repeat('a', 20000), repeat('b', 20000))) from range(1000)
select pg_sleep(3600)
select sum(sin(range) * cos(range)) from range(100000000000)
select approx_quantile(range, 0.5) from range(100000000000)
summarize from mart.fact a, mart.fact b, mart.fact c
""")
VALUE_BOMBS = _lines("""
select repeat('x', 1000000000) || repeat('y', 1000000000)
select length(repeat('x', 4000000000))
select repeat('x', 5000000) from range(1000)
select list_sum(list_transform(range(300000000), lambda x: x + 1))
select list_reduce(range(300000000), lambda a, b: a + b)
select list(range) from range(1000000000)
select string_agg(range::varchar, ',') from range(500000000)
select array_agg(a.fact_id || b.fact_id) from mart.fact a, mart.fact b, mart.fact c
select map(range(50000000), range(50000000))
select range(1000000000)
select lpad('x', 2000000000, 'y')
select json_group_array(range) from range(100000000)
select to_json(range(100000000))
select hex(repeat('x', 700000000))
select histogram(range) from range(100000000)
select printf('%2000000000d', 1)
select format('{:>1500000000}', 1)
select bar(1, 0, 1, 1000000000)
select 1::bit || repeat('0', 500000000)::bit
select 170141183460469231731687303715884105727::hugeint * 2
select 2 ** 1000000
select factorial(1000000)
select string_split(repeat('a,', 200000000), ',')
select array_cross_product(range(100000000), range(100000000))
""")
REGEX_BOMBS = _lines("""
select regexp_matches(repeat('a', 5000000) || 'b', '(a*)*c')
select regexp_matches(repeat('a', 5000000), '(a|aa)+$')
select regexp_replace(repeat('a', 5000000), '(a?){30}a{30}', 'x', 'g')
select regexp_extract_all(repeat('ab', 20000000), '(a)(b)')
select regexp_matches('a', '((((a{1,100}){1,100}){1,100}){1,100}){1,100}')
select count(*) from range(100000) where regexp_matches(repeat('a', 50000), '(.*)(.*)(.*)(.*)(.*)x')
select repeat('a', 1000000) like repeat('%a', 10000)
select repeat('a', 100000) similar to '(a|b)*c'
select repeat('a', 1000000) glob repeat('*a', 5000)
""")
NESTED = (
    "select " + "(" * 5000 + "1" + ")" * 5000,
    "select " + "[" * 3000 + "1" + "]" * 3000,
    "select " + "{'a':" * 2000 + "1" + "}" * 2000,
    "select " + "-" * 1 + "+ ".join(["1"] * 20000),
    "select " + "not " * 20000 + "true",
    "select " + "case when true then " * 3000 + "1" + " end" * 3000,
    "select * from " + "(select * from " * 2000 + "mart.fact" + ")" * 2000,
    " union all ".join(["select 1"] * 8000),
    "with "
    + ", ".join(f"t{n} as (select * from {'t' + str(n - 1) if n else 'mart.fact'})" for n in range(2000))
    + " select 1 from t1999",
    "with "
    + ", ".join(f"t{n} as (select a.* from {f't{n - 1} a, t{n - 1} b' if n else 'range(10) a'})" for n in range(30))
    + " select count(*) from t29",
    "select " + ", ".join(["1"] * 30000),
    "select 1 where 1 in (" + ",".join(map(str, range(15000))) + ")",
    "select '" + "x" * 90000 + "'",
    "select " + "x" * 90000,
    "select " + "'a' || " * 10000 + "'a'",
    "select " + "abs(" * 3000 + "1" + ")" * 3000,
    "select 1" + "::int" * 10000,
    "select 1; " * 9000,
    "select " + "$a" * 5000,
    "x" * 150_000,
)

FAMILIES = (
    Family("reads files", "stopped", READS_FILES),
    Family("replacement scans", "stopped", REPLACES),
    Family("network", "stopped", NETWORK),
    Family("writes files", "stopped", WRITES_FILES),
    Family("attaches", "stopped", ATTACHES),
    Family("extensions", "stopped", EXTENSIONS),
    Family("settings", "stopped", SETTINGS),
    Family("secrets and environment", "stopped", SECRETS),
    Family("looks about", "blind", BLIND),
    Family("temporary objects that hide tables", "stopped", TEMPORARY),
    Family("changes", "stopped", CHANGES),
    Family("prepared, transactions, explain analyze", "stopped", PREPARED),
    Family("several statements or none", "stopped", SEVERAL),
    Family("comments and unicode", "stopped", DISGUISED),
    Family("row bombs", "bounded", ROW_BOMBS),
    Family("value bombs", "bounded", VALUE_BOMBS),
    Family("regex bombs", "bounded", REGEX_BOMBS),
    Family("nesting and length", "bounded", NESTED),
)
