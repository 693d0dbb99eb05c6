using System.Runtime.InteropServices;
using QuantumNet.Cli;

using var interrupted = new CancellationTokenSource();
using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using PosixSignalRegistration onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
bool isUnread = false;
int status = Application.Run(args, CliTerminal.OfProcess(StopUnread), interrupted.Token);
return isUnread ? ExitStatus.Unread : status;

void StopUnread()
{
    isUnread = true;
    interrupted.Cancel();
}

void Interrupt(PosixSignalContext context)
{
    // The second signal ends the process at once.
    context.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}
