"""Plain HTTP is for this machine only: anywhere else a password or a mark would travel in the open."""

from ipaddress import ip_address

from flask import Flask, request
from flask.typing import ResponseReturnValue

from lms.core.errors import NotAllowed
from lms.core.messages import N_


def init_transport(app: Flask) -> None:
    """Refuse plain HTTP from any address that is not a loopback one; health checks excepted."""

    @app.before_request
    def refuse_plain_http() -> ResponseReturnValue | None:
        if request.is_secure or request.endpoint in {"health.healthz", "health.readyz"}:
            return None
        try:
            local = ip_address(request.remote_addr or "127.0.0.1").is_loopback
        except ValueError:
            local = False
        if not local:
            raise NotAllowed(
                N_("Địa chỉ này chỉ dùng được qua HTTPS. Hãy mở lại bằng địa chỉ bắt đầu bằng https://")
            )
        return None
