"""What Dash does not promise, in one place: whoever upgrades Dash reads this folder and runs tests/dashboard/dash_adapter.

Its documented interface (components, callbacks, `interpolate_index`, `dash_clientside`) is used everywhere. Names and shapes that are
Dash's own affair are used here, in assets/dash_adapter.first.js and in assets/8_dash_adapter.css, and nowhere else.
"""
