"""Statements that would take all time or memory: rows, single values, regular expressions, nesting and length."""

from tests.dashboard.sandbox.hostile.family import lines

ROW_BOMBS = lines("""
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

VALUE_BOMBS = lines("""
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

REGEX_BOMBS = lines("""
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
