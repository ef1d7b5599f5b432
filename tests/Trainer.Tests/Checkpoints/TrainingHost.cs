using System.Globalization;
using System.Runtime.InteropServices;
using Toolkit.Trainer.Callbacks;

namespace Toolkit.Trainer.Tests.Checkpoints;

/// <summary>
/// The program of this assembly: one training in a process of its own, which tests can kill. <c>FOLDER THREADS</c>: checkpoints and log are in the
/// folder; every step is told on standard output; at the end <c>weights.bin</c> appears.
/// </summary>
internal static class TrainingHost
{
    public const string WeightsName = "weights.bin";

    public const int Epochs = 25;

    private static int Main(string[] args)
    {
        if (args.Length != 2)
        {
            Console.Error.WriteLine("Expected FOLDER and THREADS; to run the tests, use dotnet test.");
            return 2;
        }

        var teller = new LambdaCallback
        {
            BatchEnd = (run, step) =>
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {(run.Epoch * run.StepsPerEpoch) + step}"));
                Console.Out.Flush();
            },
        };
        var training = new TinyTraining(args[0], "nadam")
        {
            Network = ConvolutionNetwork.Make,
            Epochs = Epochs,
            Patience = Epochs,
            Resume = true,
            EverySteps = 1,
            Threads = int.Parse(args[1], CultureInfo.InvariantCulture),
            More = [teller],
        };
        TinyResult result = training.Run();
        File.WriteAllBytes(Path.Combine(args[0], WeightsName), MemoryMarshal.AsBytes<float>(result.Weights));
        return 0;
    }
}
