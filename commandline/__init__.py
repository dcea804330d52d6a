"""Command lines that speak Chinese. Below all, as vocabulary/ is: etl, dashboard and bench build theirs from chinese.py.

Click asks gettext for every word of its own; locale/ is the catalogue that answers. After a change of the .po file:
`msgfmt -o commandline/locale/zh_CN/LC_MESSAGES/messages.mo commandline/locale/zh_CN/LC_MESSAGES/messages.po`.
"""
