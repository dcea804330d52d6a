"""The overview in Streamlit: streamlit run bench/rivals/streamlit_app.py."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent.parent.parent))  # streamlit runs this file as a script
from bench.rivals import content

st.set_page_config(page_title="总览", layout="wide")
st.title("改革走到哪一步，人和机构变了多少")
for place, (title, (query, draw)) in zip(st.columns(2) * 3, content.CHARTS.items(), strict=True):
    place.plotly_chart(draw(content.rows(query)).update_layout(title=title))
st.dataframe(content.table())
