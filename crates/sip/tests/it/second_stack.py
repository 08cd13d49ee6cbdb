"""Three phones of another stack (pjsua2): register, call, hold, resume, attended transfer. Arguments: host:port, logins."""
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

server, logins = sys.argv[1], sys.argv[2:5]
calls = []


class Call(pj.Call):
    def onCallState(self, _):
        info = self.getInfo()
        print(self.name, info.stateText, info.lastStatusCode, flush=True)

    def onCallTransferStatus(self, status):
        print(self.name, "transfer", status.statusCode, flush=True)


class Account(pj.Account):
    def onRegState(self, state):
        print(self.name, "registered", state.code, flush=True)

    def onIncomingCall(self, incoming):
        call = Call(self, incoming.callId)
        call.name = self.name + "-in"
        calls.append(call)
        answer = pj.CallOpParam()
        for code in (180, 200):
            answer.statusCode = code
            call.answer(answer)


def account(name, login):
    config = pj.AccountConfig()
    config.idUri = f"sip:{login}@{server}"
    config.regConfig.registrarUri = f"sip:{server}"
    config.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", login, 0, "secret"))
    made = Account()
    made.name = name
    made.create(config)
    return made


def dial(caller, login, name):
    call = Call(caller)
    call.name = name
    call.makeCall(f"sip:{login}@{server}", pj.CallOpParam(True))
    calls.append(call)
    return call


endpoint = pj.Endpoint()
endpoint.libCreate()
settings = pj.EpConfig()
settings.logConfig.consoleLevel = 0
settings.uaConfig.threadCnt = 0
endpoint.libInit(settings)
transport = pj.TransportConfig()
transport.boundAddress = "127.0.0.1"
endpoint.transportCreate(pj.PJSIP_TRANSPORT_UDP, transport)
endpoint.libStart()
endpoint.audDevManager().setNullDev()


def run(seconds):
    end = time.time() + seconds
    while time.time() < end:
        endpoint.libHandleEvents(20)


anna, bob, eve = (account(name, login) for name, login in zip(("anna", "bob", "eve"), logins))
run(1)
first = dial(anna, logins[1], "anna-bob")
run(1)
first.setHold(pj.CallOpParam(True))
run(0.5)
resume = pj.CallOpParam(True)
resume.opt.flag = pj.PJSUA_CALL_UNHOLD
first.reinvite(resume)
run(0.5)
first.setHold(pj.CallOpParam(True))
run(0.5)
second = dial(anna, logins[2], "anna-eve")
run(1)
first.xferReplaces(second, pj.CallOpParam(True))
run(1.5)
print("joined", *[call.name for call in calls if call.isActive()], flush=True)
for call in calls:
    if call.name == "bob-in":
        call.hangup(pj.CallOpParam())
run(1)
print("left", *[call.name for call in calls if call.isActive()], flush=True)
os._exit(0)
