"""地区对比: any places, any measures, one panel for what may share an axis."""
