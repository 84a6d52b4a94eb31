import threading

from ingest.index.gate import Gate


def test_one_alone_waits_for_those_inside_and_keeps_later_ones_out() -> None:
    gate, log = Gate(), list[str]()
    inside, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with gate.together():
            inside.set()
            leave.wait()
            log.append("first left")

    def be_alone() -> None:
        with gate.alone():
            log.append("alone")

    def come_later() -> None:
        with gate.together():
            log.append("later")

    threads = [threading.Thread(target=target) for target in (stay, be_alone, come_later)]
    threads[0].start()
    inside.wait()
    with gate.together():
        pass  # others may come in meanwhile
    threads[1].start()
    while not gate._alone:
        pass
    threads[2].start()
    leave.set()
    for thread in threads:
        thread.join()
    assert log == ["first left", "alone", "later"]


def test_an_error_inside_lets_others_in() -> None:
    gate = Gate()
    for room in (gate.together, gate.alone, gate.together, gate.alone):
        try:
            with room():
                raise KeyError
        except KeyError:
            pass
    with gate.alone():
        pass
