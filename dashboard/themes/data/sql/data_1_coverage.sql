-- 标题：本库的数字从哪里来？
-- 页面：/data
-- 图表：data-coverage
-- 说明：按主题和来源等级清点：A 官方发布，B 报刊、论文，C 转载页，S 用户提供。
select
    theme as 主题, count(*) filter (where grade = 'A') as "A级", count(*) filter (where grade = 'B') as "B级",
    count(*) filter (where grade = 'C') as "C级", count(*) filter (where grade = 'S') as "S级", count(*) as 合计
from mart.fact
group by theme
order by 合计 desc, theme
