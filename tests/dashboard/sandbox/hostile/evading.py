"""Statements that hide what they are: prepared, several at once, disguised by comments and Unicode."""

from tests.dashboard.sandbox.hostile.family import lines

PREPARED = lines("""
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

SEVERAL = lines("""
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
