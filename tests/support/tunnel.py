"""TLS and proxies on loopback: certificates made for a test, a TLS front before a simulator, and a CONNECT proxy that
leads any name to such a front, so that nothing ever leaves the machine."""
import base64
import contextlib
import os
import socket
import ssl
import struct
import subprocess
import threading


class Authority:
    """A certificate authority of its own, in a folder, made by the `openssl` command."""

    def __init__(self, folder, name="Test CA"):
        self.folder, self.bundle = folder, os.path.join(folder, name.replace(" ", "-") + ".pem")
        self.key = self.bundle + ".key"
        config = self.write("ca.cnf", "[req]\ndistinguished_name=dn\n[dn]\n[ca]\nbasicConstraints=critical,CA:TRUE\n")
        self.openssl("req", "-x509", *self.new_key(self.key), "-subj", f"/CN={name}", "-days", "2", "-config", config,
                     "-extensions", "ca", "-out", self.bundle)

    @staticmethod
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, timeout=60)

    @staticmethod
    def new_key(path):
        return "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", path

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def context(self, names, days=2, self_signed=False):
        """A server's side of TLS. `names`: as in a subjectAltName."""
        stem = os.path.join(self.folder, str(len(os.listdir(self.folder))))
        config = self.write(stem + ".cnf", f"[req]\ndistinguished_name=dn\n[dn]\n[leaf]\nsubjectAltName={names}\n")
        certificate, key = stem + ".pem", stem + ".key"
        if self_signed:
            self.openssl("req", "-x509", *self.new_key(key), "-subj", "/CN=self", "-days", str(days), "-config", config,
                         "-extensions", "leaf", "-out", certificate)
        else:
            self.openssl("req", "-new", *self.new_key(key), "-subj", "/CN=leaf", "-config", config, "-out", stem + ".csr")
            self.openssl("x509", "-req", "-in", stem + ".csr", "-CA", self.bundle, "-CAkey", self.key, "-CAcreateserial",
                         "-days", str(days), "-extfile", config, "-extensions", "leaf", "-out", certificate)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context


def pour(source, into):
    with contextlib.suppress(OSError):
        while True:
            some = source.recv(65536)
            if not some:
                break
            into.sendall(some)
    with contextlib.suppress(OSError):
        into.shutdown(socket.SHUT_RDWR)


def join(one, other):
    back = threading.Thread(target=pour, args=(other, one), daemon=True)
    back.start()
    pour(one, other)
    back.join()


class Server:
    """A loopback server; `serve(connection)` does it all."""

    def __init__(self, host="127.0.0.1"):
        self.met, self.over = [], threading.Event()  # what came, for the test to look at
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.listener = socket.create_server((host, 0), family=family)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over.set()
        self.listener.close()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection):
        with contextlib.suppress(OSError), connection:
            self.serve(connection)

    def serve(self, connection):
        raise NotImplementedError


class Silent(Server):
    """Takes a connection and says nothing: a handshake that stalls."""

    def serve(self, connection):
        self.met.append("connected")
        self.over.wait(30)


class Cutter(Server):
    """Reads what comes first, and resets."""

    def serve(self, connection):
        self.met.append(connection.recv(65536))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


class TlsFront(Server):
    """Ends TLS and goes on in plain text to `upstream`, a port."""

    def __init__(self, context, upstream, host="127.0.0.1"):
        self.context, self.upstream = context, upstream
        super().__init__(host)

    def serve(self, connection):
        self.met.append("connected")
        with self.context.wrap_socket(connection, server_side=True) as secure:
            with socket.create_connection(("127.0.0.1", self.upstream)) as up:
                join(secure, up)


class ConnectProxy(Server):
    """Leads every CONNECT to one port. `account`: "user:password" that is asked for; `instead`: bytes said to a CONNECT."""

    def __init__(self, upstream, account=None, instead=None, host="127.0.0.1"):
        self.upstream, self.account, self.instead = upstream, account, instead
        super().__init__(host)

    def serve(self, connection):
        while True:
            head = b""
            while b"\r\n\r\n" not in head:
                some = connection.recv(65536)
                if not some:
                    return
                head += some
            self.met.append(head)
            if self.instead is not None:
                return connection.sendall(self.instead)
            right = self.account and base64.b64encode(self.account.encode())
            if right and b"proxy-authorization: basic " + right.lower() not in head.lower():
                connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                                   b'proxy-authenticate: Basic realm="test"\r\ncontent-length: 0\r\n\r\n')
                continue
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with socket.create_connection(("127.0.0.1", self.upstream)) as up:
                return join(connection, up)
