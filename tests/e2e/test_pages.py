"""The pages in Debian's Chromium: by their accessibility (axe-core), at the widths of a phone and of a desk, light and
dark, in both languages, with and without script, and by keyboard alone."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from harness import BIN, EndToEnd, http_request, receiver, until, watching

HERE = pathlib.Path(__file__).parent / "browser"
TOOLS = ("chromium", "chromedriver", "npm")
missing = [tool for tool in TOOLS if not shutil.which(tool)]
try:
    from selenium import webdriver
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
except ImportError:
    missing.append("python3-selenium")

STEPS = 15
# axe-core's rules of WCAG 2.2 A and AA.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = """
const done = arguments[arguments.length - 1];
axe.run({runOnly: {type: "tag", values: arguments[0]}}).then(
  (found) => done(found.violations.map((one) => one.id + ": " + one.nodes.map((node) => node.html.slice(0, 200)).join(" | "))),
  (error) => done(["axe failed: " + error]));
"""
# What of an element is left out to the right of a window of that width.
BEYOND = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"


def axe_source():
    """axe-core as package-lock.json pins it, installed beside the build once."""
    folder = BIN.parent / "browser"
    script = folder / "node_modules/axe-core/axe.min.js"
    if not script.exists():
        folder.mkdir(exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        made = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True)
        if made.returncode:
            raise unittest.SkipTest(f"axe-core cannot be installed: {made.stderr.strip()[:300]}")
    return script.read_text()


class Browser:
    """A Chromium that is shown one page after the other."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="tinwatch-chromium-")
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions",
                         f"--user-data-dir={self.profile}"):
            options.add_argument(argument)
        service = webdriver.chrome.service.Service(shutil.which("chromedriver"))
        self.driver = webdriver.Chrome(service=service, options=options)
        self.driver.execute_cdp_cmd("Network.enable", {})

    def close(self):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def look(self, url, width=1280, scheme="light", language="en", script=True):
        cdp = self.driver.execute_cdp_cmd
        cdp("Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
        cdp("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
        cdp("Network.setExtraHTTPHeaders", {"headers": {"Accept-Language": language}})
        cdp("Emulation.setScriptExecutionDisabled", {"value": not script})
        self.driver.get(url)

    def run(self, expression):
        """What an expression is worth, whether the page may run scripts or not."""
        answer = self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": expression, "returnByValue": True})
        return answer["result"].get("value")

    def violations(self, axe):
        self.driver.execute_script(axe)
        return self.driver.execute_async_script(AXE, RULES)

    def errors(self):
        return [entry["message"] for entry in self.driver.get_log("browser") if "favicon" not in entry["message"]]


@unittest.skipIf(missing, f"not installed: {', '.join(missing)}")
class Pages(EndToEnd):
    def setUp(self):
        super().setUp()
        sink = self.sink()
        tail = ("watches:\n  - {name: rescue, title: Cứu hộ, query: '\"cứu hộ đường thủy\"', receivers: [sink]}\n"
                "routes:\n  - {match: {type: \"tinwatch.article.*\"}, receivers: [sink]}\n")
        self.web = self.started(watching(self.newsroom, extra=receiver(sink), tail=tail))
        self.wait_for_baseline(self.web)
        for _ in range(STEPS):
            self.play(self.web)
        until(lambda: self.web.count("SELECT count(*) FROM hits") == 2, "the watch hit")
        self.origin = f"http://127.0.0.1:{self.web.port}"
        self.edited = self.web.count("SELECT id FROM articles WHERE identifier = '60009'")
        mine = json.dumps({"name": "mine", "title": "Của tôi", "query": "cứu hộ OR tàu", "receivers": ["sink"]}).encode()
        self.assertEqual(http_request(self.web.port, "POST", "/api/v1/watches", body=mine)[0], 201)
        self.browser = Browser()
        self.addCleanup(self.browser.close)

    def targets(self):
        article = f"/articles/{self.edited}"
        return {"overview": "/", "stream": "/stream", "nothing-found": "/stream?text=nothing-like-it", "articles": "/articles", "article": article,
                "first-revision": article + "?revision=1", "difference": article + "/diff?from=1&to=2", "side": article + "/diff?from=1&to=2&view=side",
                "sources": "/sources", "source": "/sources/newsroom", "deliveries": "/deliveries", "login": "/login", "watches": "/watches",
                "watch": "/watches/rescue", "own-watch": "/watches/mine", "hits": "/hits", "no-hits": "/hits?verdict=done",
                "search": "/search?q=d%C3%A2n%20OR%20n%C6%B0%E1%BB%9Bc", "no-search": "/search", "no-such-page": "/nothing"}

    def test_everybody_can_read_them(self):
        axe = axe_source()
        for name, target in self.targets().items():
            for width in (360, 1280):
                for scheme in ("light", "dark"):
                    for language in ("vi", "en"):
                        with self.subTest(page=name, width=width, scheme=scheme, language=language):
                            self.browser.look(self.origin + target, width, scheme, language)
                            self.assertEqual(self.browser.driver.execute_script(BEYOND), 0, "nothing is left out to the right")
                            self.assertEqual(self.browser.driver.execute_script("return document.documentElement.lang"), language)
                            self.assertEqual(self.browser.violations(axe), [])
                            if pictures := os.environ.get("TINWATCH_PICTURES"):
                                self.browser.driver.save_screenshot(f"{pictures}/{name}-{width}-{scheme}-{language}.png")
        # A page that fails the rules is seen to fail them.
        self.browser.driver.execute_script("document.querySelector('main').innerHTML = '<img src=x><p>pale</p>';"
                                           "Object.assign(document.querySelector('main p').style, {color: '#999', background: '#888'})")
        self.assertEqual({one.split(":")[0] for one in self.browser.violations(axe)} & {"image-alt", "color-contrast"}, {"image-alt", "color-contrast"})

    def test_they_need_no_script(self):
        for name, target in self.targets().items():
            with self.subTest(page=name):
                self.browser.look(self.origin + target, 360)
                if name != "no-such-page":  # its status is told as an error
                    self.assertEqual(self.browser.errors(), [])
                words = self.browser.run("document.querySelector('h1').textContent")
                self.browser.look(self.origin + target, 360, script=False)
                self.assertEqual(self.browser.run("document.querySelector('h1').textContent"), words)
                self.assertEqual(self.browser.run("document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0)
                self.assertFalse(self.browser.run("document.querySelector('.event time[title]') !== null"), "the script did not run")

    def test_the_silent_edit_is_two_clicks_away(self):
        """From the overview to the edit, before and after by paragraph, and to what became of the article."""
        driver = self.browser.driver
        self.browser.look(self.origin + "/")
        edit = driver.find_element(By.CSS_SELECTOR, f"a[href='/articles/{self.edited}/diff?from=1&to=2']")
        edit.click()
        self.assertIn("1 → 2", driver.title)
        self.assertIn("5,4", driver.find_element(By.CSS_SELECTOR, "del").text)
        self.assertIn("6,1", driver.find_element(By.CSS_SELECTOR, "ins").text)
        summary = driver.find_element(By.CSS_SELECTOR, "summary")
        self.assertRegex(summary.text, r"\d+ paragraphs? unchanged")
        summary.click()
        self.assertTrue(driver.find_element(By.CSS_SELECTOR, "details[open] p").is_displayed())
        driver.find_element(By.LINK_TEXT, "Article").click()
        self.assertIn("edited", driver.find_element(By.CSS_SELECTOR, "section[aria-labelledby=timeline]").text)

    def test_the_keyboard_is_enough(self):
        driver = self.browser.driver
        self.browser.look(self.origin + "/stream")
        body = driver.find_element(By.TAG_NAME, "body")
        body.send_keys(Keys.TAB)
        self.assertEqual(driver.switch_to.active_element.get_attribute("href"), self.origin + "/stream#content")
        self.assertGreater(driver.switch_to.active_element.location["x"], 0, "the skip link is seen when it has the focus")
        rows = driver.find_elements(By.CSS_SELECTOR, ".event")
        body.send_keys("jj")
        self.assertEqual(driver.find_elements(By.CSS_SELECTOR, ".event.chosen"), [rows[1]])
        body.send_keys("k")
        self.assertEqual(driver.find_elements(By.CSS_SELECTOR, ".event.chosen"), [rows[0]])
        body.send_keys("/")
        field = driver.switch_to.active_element
        self.assertEqual(field.get_attribute("name"), "text")
        field.send_keys("cứu hộ" + Keys.ENTER)
        until(lambda: "text=" in driver.current_url, "the filter is asked for")
        self.assertGreater(len(driver.find_elements(By.CSS_SELECTOR, ".event")), 0)

    def test_hits_are_triaged_and_a_watch_is_made_by_keyboard_alone(self):
        driver = self.browser.driver

        def press(*keys):
            driver.switch_to.active_element.send_keys(*keys)

        def tab_to(what, where):
            for _ in range(60):
                if where(driver.switch_to.active_element):
                    return
                press(Keys.TAB)
            self.fail(f"the key does not lead to {what}")

        self.browser.look(self.origin + "/hits")
        before = self.web.count("SELECT count(*) FROM hits WHERE verdict = 'new'")
        tab_to("the first hit", lambda one: one.get_attribute("type") == "checkbox")
        press(Keys.SPACE)
        tab_to("the button", lambda one: one.get_attribute("value") == "relevant")
        press(Keys.ENTER)
        until(lambda: self.web.count("SELECT count(*) FROM hits WHERE verdict = 'new'") == before - 1, "the hit is judged")
        until(lambda: driver.title.startswith("Hits"), "the page is there again")
        self.browser.look(self.origin + "/watches")
        for name, words in (("name", "tau"), ("query", "tàu")):
            tab_to(name, lambda one: one.get_attribute("name") == name)
            press(words)
        tab_to("preview", lambda one: one.get_attribute("value") == "preview")
        press(Keys.ENTER)
        until(lambda: driver.find_elements(By.CSS_SELECTOR, ".preview"), "the preview is there")
        tab_to("save", lambda one: one.get_attribute("value") == "save")
        press(Keys.ENTER)
        until(lambda: driver.current_url == self.origin + "/watches/tau", "the watch is made")
        self.assertEqual(self.web.count("SELECT count(*) FROM watches WHERE name = 'tau'"), 1)


if __name__ == "__main__":
    unittest.main()
