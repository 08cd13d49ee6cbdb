"""Three phones of another stack (pjsua2) and what they do together.

Arguments: host:port, a folder with LOGIN.wav for each phone, then LOGIN:PASSWORD:EXTENSION three times, then which story,
then what is dialled in it. What a phone hears is recorded in the folder as LOGIN-hears.wav.
"""
import ctypes
import glob
import os
import sys
import time

import pjsua2 as pj

# The wheel carries an OpenSSL that knows its digests only after this call.
here = os.path.join(os.path.dirname(pj.__file__), "..", "pjsua2_python.libs", "libcrypto*")
for library in glob.glob(here):
    ctypes.CDLL(library).OPENSSL_add_all_algorithms_noconf()

server, folder = sys.argv[1:3]
people = [person.split(":") for person in sys.argv[3:6]]
story = sys.argv[6]
dialled = sys.argv[7] if len(sys.argv) > 7 else None
calls = []


class Call(pj.Call):
    def onCallState(self, _):
        info = self.getInfo()
        print(self.name, info.stateText, info.lastStatusCode, flush=True)

    def onCallMediaState(self, _):
        # Kept alive until the end of this method, as its list of media would go with it.
        info = self.getInfo()
        for index, media in enumerate(info.media):
            if media.type == pj.PJMEDIA_TYPE_AUDIO and media.status == pj.PJSUA_CALL_MEDIA_ACTIVE:
                audio = self.getAudioMedia(index)
                self.account.player.startTransmit(audio)
                audio.startTransmit(self.account.recorder)

    def onCallTransferStatus(self, status):
        print(self.name, "transfer", status.statusCode, flush=True)


class Account(pj.Account):
    # What it answers a call with, one after the other.
    answers = (180, 200)

    def onRegState(self, state):
        print(self.name, "registered", state.code, flush=True)

    def onIncomingCall(self, incoming):
        call = Call(self, incoming.callId)
        call.name, call.account = self.name + "-in", self
        calls.append(call)
        answer = pj.CallOpParam()
        for status in self.answers:
            answer.statusCode = status
            call.answer(answer)


def account(name, login, password):
    config = pj.AccountConfig()
    config.idUri = f"sip:{login}@{server}"
    config.regConfig.registrarUri = f"sip:{server}"
    # What modern stacks insist on: reliable provisional responses and session timers.
    config.callConfig.prackUse = pj.PJSUA_100REL_MANDATORY
    config.callConfig.timerUse = 2
    config.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", login, 0, password))
    made = Account()
    made.name = name
    made.player, made.recorder = pj.AudioMediaPlayer(), pj.AudioMediaRecorder()
    made.player.createPlayer(os.path.join(folder, login + ".wav"))
    made.recorder.createRecorder(os.path.join(folder, login + "-hears.wav"))
    made.create(config)
    return made


def dial(caller, extension, name):
    call = Call(caller)
    call.name, call.account = name, caller
    call.makeCall(f"sip:{extension}@{server}", pj.CallOpParam(True))
    calls.append(call)
    return call


endpoint = pj.Endpoint()
endpoint.libCreate()
settings = pj.EpConfig()
settings.logConfig.consoleLevel = 0
settings.uaConfig.threadCnt = 0
# A steady tone is no speech.
settings.medConfig.noVad = True
settings.medConfig.clockRate = 8000
settings.medConfig.sndClockRate = 8000
endpoint.libInit(settings)
transport = pj.TransportConfig()
transport.boundAddress = "127.0.0.1"
endpoint.transportCreate(pj.PJSIP_TRANSPORT_UDP, transport)
endpoint.libStart()
endpoint.audDevManager().setNullDev()
endpoint.codecSetPriority("PCMA/8000/1", 255)


def run(seconds):
    end = time.time() + seconds
    while time.time() < end:
        endpoint.libHandleEvents(20)


def run_until(true, seconds=10):
    end = time.time() + seconds
    while not true() and time.time() < end:
        run(0.1)


def is_up(name):
    return any(call.name == name and call.isActive() and call.getInfo().state == pj.PJSIP_INV_STATE_CONFIRMED for call in calls)


def is_over(name):
    return not any(call.name == name and call.isActive() for call in calls)


def end(name):
    """They hear each other for a while; the recordings are closed before anybody hangs up."""
    run(3)
    anna.recorder = bob.recorder = eve.recorder = None
    print("joined", *[call.name for call in calls if call.isActive()], flush=True)
    for call in calls:
        if call.name == name and call.isActive():
            call.hangup(pj.CallOpParam())
    run(1)
    print("left", *[call.name for call in calls if call.isActive()], flush=True)
    os._exit(0)


def transfer():
    """Anna calls Bob, holds, resumes, calls Eve and joins the two."""
    first = dial(anna, people[1][2], "anna-bob")
    run_until(lambda: is_up("bob-in"))
    run(1)
    first.setHold(pj.CallOpParam(True))
    run(0.5)
    resume = pj.CallOpParam(True)
    resume.opt.flag = pj.PJSUA_CALL_UNHOLD
    first.reinvite(resume)
    run(0.5)
    first.setHold(pj.CallOpParam(True))
    run(0.5)
    second = dial(anna, people[2][2], "anna-eve")
    run_until(lambda: is_up("eve-in"))
    run(0.5)
    first.xferReplaces(second, pj.CallOpParam(True))
    end("bob-in")


def blind():
    """Anna calls Bob and sends him on to Eve, whose phone is asked for its offer."""
    first = dial(anna, people[1][2], "anna-bob")
    run_until(lambda: is_up("bob-in"))
    run(1)
    first.xfer(f"sip:{people[2][2]}@{server}", pj.CallOpParam(True))
    run_until(lambda: is_up("eve-in") and is_over("anna-bob"))
    end("bob-in")


def pickup():
    """Anna calls Bob, whose phone rings, and Eve dials the code."""
    bob.answers = (180,)
    dial(anna, people[1][2], "anna-bob")
    run_until(lambda: any(call.name == "bob-in" for call in calls))
    run(1)
    dial(eve, dialled, "eve-pickup")
    run_until(lambda: is_up("eve-pickup") and is_up("anna-bob"))
    end("anna-bob")


def queue():
    """Anna calls the queue, which rings at Bob, who never answers, and then at Eve."""
    bob.answers = (180,)
    dial(anna, dialled, "anna-queue")
    run_until(lambda: is_up("eve-in"), 20)
    end("eve-in")


def park():
    """Anna calls Bob and parks him; Eve dials the code that retrieves him."""
    first = dial(anna, people[1][2], "anna-bob")
    run_until(lambda: is_up("bob-in"))
    run(1)
    first.setHold(pj.CallOpParam(True))
    run(0.5)
    dial(anna, "*68", "anna-park")
    run_until(lambda: is_over("anna-bob") and is_over("anna-park"))
    dial(eve, dialled, "eve-retrieve")
    run_until(lambda: is_up("eve-retrieve"))
    end("bob-in")


anna, bob, eve = (
    account(name, login, password) for name, (login, password, _) in zip(("anna", "bob", "eve"), people)
)
run(1)
{"transfer": transfer, "blind": blind, "pickup": pickup, "queue": queue, "park": park}[story]()
