-- 标题：本库的数字从哪里来？
-- 页面：/data
-- 图表：data-coverage
-- 说明：按主题和来源等级清点：A 官方，B 报刊著作，C 转载镜像，S 用户自报。
select
    theme as 主题, count(*) filter (where grade = 'A') as "A 官方", count(*) filter (where grade = 'B') as "B 报刊著作",
    count(*) filter (where grade = 'C') as "C 转载镜像", count(*) filter (where grade = 'S') as "S 用户自报", count(*) as 合计
from mart.fact
group by theme
order by 合计 desc, theme
