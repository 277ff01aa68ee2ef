"""A web page whose scripts never end, in the real shell: it hangs alone, and is reloaded alone."""

from pathlib import Path

from tests.end_to_end.display import Display
from tests.end_to_end.shell import running_shell
from tests.end_to_end.web_site import Answer, document, serving

BUTTON = (
    "<button style='position:absolute;left:0;top:0;width:300px;height:300px' onclick='for(;;);'>spin</button>"
)


def test_a_web_page_that_hangs_is_reloaded_without_its_neighbours(display: Display, tmp_path: Path) -> None:
    answers = {"/endless": Answer(document("endless", BUTTON)), "/calm": Answer(document("calm"))}
    with (
        serving(answers) as site,
        running_shell(
            display, tmp_path / "profile", site.url("/calm", host="localhost"), site.url("/endless")
        ) as shell,
    ):
        host = shell.wait_loaded("endless").pid
        shell.click_page(150, 150)
        shell.wait_tab(lambda tab: tab.state == "hung", "the hang to be noticed")
        shell.key("ctrl+1")
        shell.wait_loaded("calm")
        shell.key("ctrl+2")
        shell.wait_tab(lambda tab: tab.state == "hung", "the hung tab")
        shell.click("hang-reload")
        assert shell.wait_loaded("endless").pid == host
        shell.key("ctrl+1")
        assert shell.wait_loaded("calm").pid == host
        requests = [path for path, _ in site.requests]
        assert requests.count("/endless") == 2
        assert requests.count("/calm") == 1
