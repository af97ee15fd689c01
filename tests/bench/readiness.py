"""Whether a daemon answers, asked over its local socket."""
import socket


def is_ready(path):
    with socket.socket(socket.AF_UNIX) as s:
        try:
            s.connect(str(path))
            s.sendall(b"GET /-/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return b" 200 " in s.recv(64)
        except OSError:
            return False
