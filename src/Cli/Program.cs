using System.Runtime.InteropServices;
using Toolkit.Cli.Frame;

namespace Toolkit.Cli;

/// <summary>The process: signals, standard streams and the exit status around <see cref="ToolkitCli"/>.</summary>
internal static class Program
{
    /// <summary>How long a command may take to stop by itself after a signal. Nothing is half written then either: files move into place whole.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static int Main(string[] args)
    {
        using var cancellation = new CancellationTokenSource();
        int signalStatus = ExitStatus.Interrupted;

        void Stop(PosixSignalContext context)
        {
            int status = context.Signal == PosixSignal.SIGTERM ? ExitStatus.Terminated : ExitStatus.Interrupted;
            if (cancellation.IsCancellationRequested)
            {
                // The second time a person asks, the process just ends.
                Environment.Exit(status);
            }

            context.Cancel = true;
            Volatile.Write(ref signalStatus, status);
            cancellation.Cancel();
            _ = Task.Delay(Grace).ContinueWith(_ => Environment.Exit(status), TaskScheduler.Default);
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        int exit = ToolkitCli.Run(args, Console.Out, Console.Error, cancellation.Token);
        return exit == ExitStatus.Interrupted ? Volatile.Read(ref signalStatus) : exit;
    }
}
