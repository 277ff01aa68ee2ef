"""Declining to say who we are."""

from PySide6.QtNetwork import QAuthenticator

from renderer.web.authentication import decline


def test_a_declined_question_has_no_answer() -> None:
    question = QAuthenticator()
    question.setUser("")
    assert not question.isNull()
    decline(question)
    assert question.isNull()
    decline(question)
    assert question.isNull()
