using System.Runtime.InteropServices;
using QuantumNet.Cli;

using var interrupted = new CancellationTokenSource();
using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using PosixSignalRegistration onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
return Application.Run(args, CliTerminal.OfProcess(), interrupted.Token);

void Interrupt(PosixSignalContext context)
{
    // The second signal ends the process at once.
    context.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}
