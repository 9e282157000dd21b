"""Real web servers for the files of a site, configured by the rules that the site carries."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

# Folder of the site, an empty folder, the folder below which the site stands → the address of the server.
Start = Callable[[Path, Path], AbstractContextManager[str]]

APACHE_MODULES = Path("/usr/lib/apache2/modules")
MODULES = ("mpm_event", "authz_core", "dir", "mime", "rewrite", "headers")
PATIENCE = 10.0


def need(program: str) -> None:
    """Skip the test without this program; fail it in CI."""
    if shutil.which(program) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"needed in CI: {program}", pytrace=False)
        pytest.skip(f"{program} is not installed")


@contextmanager
def nginx(site: Path, folder: Path, base: str = "") -> Iterator[str]:
    """``base`` is the folder below the root of the host in which the site stands."""
    port = _free_port()
    rules = (site / "archive" / "nginx.conf").read_text("utf-8")
    root = _root(site, base)
    rules = re.sub(r"root /var/www/[^;]*;", f"root {root};", rules).replace("listen 80;", f"listen 127.0.0.1:{port};")
    (folder / "rules.conf").write_text(rules, "utf-8")
    temporary = " ".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # As root it would serve as nobody, who may not look into pytest's folders.
    user = "user root; " if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; events {{}}\n"
        f"http {{ access_log off; include /etc/nginx/mime.types; {temporary} include {folder}/rules.conf; }}\n"
    )
    folder.chmod(0o755)
    command = ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    # It returns once it listens.
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        subprocess.run([*command, "-s", "stop"], capture_output=True, check=True)


@contextmanager
def apache(site: Path, folder: Path, base: str = "") -> Iterator[str]:
    """With what its configuration has to allow."""
    port = _free_port()
    root = _root(site, base)
    modules = "\n".join(f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so" for name in MODULES)
    (folder / "apache.conf").write_text(
        f"ServerRoot {folder}\nPidFile {folder}/pid\nErrorLog {folder}/error.log\nListen 127.0.0.1:{port}\n"
        f"ServerName localhost\n{modules}\nTypesConfig /etc/mime.types\nDocumentRoot {root}\n"
        f"AllowEncodedSlashes NoDecode\n<Directory {root}>\nAllowOverride All\nRequire all granted\n</Directory>\n"
    )
    command = ["apache2", "-f", str(folder / "apache.conf")]
    environment = {**os.environ, "APACHE_RUN_DIR": str(folder)}
    done = subprocess.run([*command, "-k", "start"], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr + (folder / "error.log").read_text()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        subprocess.run([*command, "-k", "stop"], capture_output=True, check=True, env=environment)


@contextmanager
def caddy(site: Path, folder: Path, base: str = "") -> Iterator[str]:
    """Without its door for orders, and without certificates."""
    port = _free_port()
    rules = (site / "archive" / "Caddyfile").read_text("utf-8")
    rules = re.sub(r"root \* /var/www/\S*", f"root * {_root(site, base)}", rules)
    rules = re.sub(r"(?m)^\S+ \{$", f"http://127.0.0.1:{port} {{", rules, count=1)
    (folder / "Caddyfile").write_text("{\nadmin off\nauto_https off\n}\n" + rules, "utf-8")
    command = ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    environment = {**os.environ, "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        _wait(port, server, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


SERVERS: dict[str, Start] = {"nginx": nginx, "apache2": apache, "caddy": caddy}


def _root(site: Path, base: str) -> Path:
    """The folder of the host: the site itself, or one that holds it at ``base``."""
    return Path(str(site.resolve()).removesuffix(base)) if base else site


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until it listens."""
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        with socket.socket() as probe:
            probe.settimeout(PATIENCE)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise AssertionError(log.read_text())
