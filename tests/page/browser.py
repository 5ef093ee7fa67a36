"""A browser without a window, driven through chromedriver: WebDriver over http.client.

The page under test is a file; nothing is asked of a network.
"""
import base64
import http.client
import json
import os
import socket
import subprocess
import time


class Browser:
    """One chromium; `with Browser(dark=True) as browser:` ends it."""

    def __init__(self, dark=False):
        self.port = free_port()
        self.driver = subprocess.Popen(
            [program(("chromedriver", "/usr/bin/chromedriver")), f"--port={self.port}", "--silent"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.path = ""
        arguments = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                     "--disable-extensions", "--hide-scrollbars"]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")  # chromium refuses to run as root otherwise
        if dark:
            arguments += ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"]
        asked = {"browserName": "chrome", "goog:loggingPrefs": {"browser": "ALL"},
                 "goog:chromeOptions": {"args": arguments}}
        try:
            self.wait_until_ready()
            answer = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": asked}})
        except BaseException:
            self.driver.kill()
            raise
        self.path = "/session/" + answer["sessionId"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.ask("DELETE", "", None)
        finally:
            self.driver.terminate()
            self.driver.wait(30)

    def wait_until_ready(self):
        for _ in range(1200):
            try:
                if self.ask("GET", "/status", None)["ready"]:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise RuntimeError("chromedriver does not answer")

    def ask(self, method, path, body):
        """One command of WebDriver; what it answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, self.path + path, None if body is None else json.dumps(body),
                           {"Content-Type": "application/json"})
        value = json.loads(connection.getresponse().read())["value"]
        connection.close()
        if isinstance(value, dict) and "error" in value:
            raise RuntimeError(f"{value['error']}: {value['message']}")
        return value

    def open(self, file):
        self.ask("POST", "/url", {"url": "file://" + os.path.abspath(file)})

    def run(self, script, *arguments):
        """The value of a JavaScript function's body."""
        return self.ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def size(self, width, height):
        """The size of what is shown, whatever a window may be at least."""
        self.ask("POST", "/goog/cdp/execute",
                 {"cmd": "Emulation.setDeviceMetricsOverride",
                  "params": {"width": width, "height": height, "deviceScaleFactor": 1,
                             "mobile": False}})

    def press(self, key):
        """A key, such as Tab (\\ue004) or Enter (\\ue007), where the focus is."""
        self.ask("POST", "/actions", {"actions": [
            {"type": "key", "id": "keys",
             "actions": [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]}]})

    def complaints(self):
        """What the console has said since the last call."""
        return [entry["message"] for entry in self.ask("POST", "/se/log", {"type": "browser"})]

    def picture(self):
        """What is on the screen, as a PNG."""
        return base64.b64decode(self.ask("GET", "/screenshot", None))

    def print(self):
        """The page as a PDF, on A4."""
        return base64.b64decode(self.ask("POST", "/print", {"page": {"width": 21.0, "height": 29.7},
                                                            "background": True}))


def program(names):
    for name in names:
        found = subprocess.run(["sh", "-c", f"command -v {name}"], stdout=subprocess.PIPE,
                               check=False).stdout.decode().strip()
        if found:
            return found
    raise RuntimeError(f"There is no {names[0]}: scripts/install-packages develop installs it.")


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]
