"""The dashboard with sign-in around it: one for who may see internal facts, one for everybody else, behind one gate."""

from dataclasses import replace

from dashboard.access.accounts import ACCOUNTS_FILE, Accounts
from dashboard.access.audit import AUDIT_FOLDER, AuditLog
from dashboard.access.door import door
from dashboard.access.gate import Gate
from dashboard.access.proxy import Proxy
from dashboard.settings import Settings
from dashboard.web.app import create_app, hosts_of
from dashboard.web.server.refusals import refuse_strangers
from dashboard.web.shell import NAME


def create_office(settings: Settings) -> Gate:
    """The WSGI application of a server whose readers sign in."""
    accounts = Accounts(settings.access / ACCOUNTS_FILE, idle_minutes=settings.idle_minutes, hours=settings.session_hours)
    audit = AuditLog(settings.access / AUDIT_FOLDER)
    proxy = Proxy(networks=settings.proxy_networks, header=settings.proxy_user_header)
    entrance = door(accounts, audit, proxy, name=NAME)
    refuse_strangers(entrance, hosts_of(settings))
    return Gate(
        accounts=accounts,
        audit=audit,
        proxy=proxy,
        door=entrance.wsgi_app,
        public=create_app(settings=replace(settings, internal=False)).server.wsgi_app,
        internal=create_app(settings=settings).server.wsgi_app if settings.internal else None,
    )
