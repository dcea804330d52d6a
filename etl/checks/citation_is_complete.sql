-- 每个有事实或事件的来源都能写成完整的出处，转载的注明转引
select s.source_id as source_id, c.citation_zh as citation_zh, s.reprint as reprint
from core.source as s
left join mart.citation as c on c.source_id = s.source_id
where c.citation_zh is null or position(s.publisher in c.citation_zh) = 0
  or (s.reprint and position('转引' in c.citation_zh) = 0)
order by s.source_id
