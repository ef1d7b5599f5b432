using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Tests.Networks;
using Shape = Toolkit.Numerics.Shape;
using Tensor = Toolkit.Numerics.Tensor;

namespace Toolkit.Benchmarks;

/// <summary>
/// Measures fp32 models on the managed engine and on ONNX Runtime: same threads, interleaved in one process, medians. ONNX Runtime gets its tensors bound once, ahead of the runs, so that what is compared is
/// the engines and not their interfaces, and its threads spin, which is its default. The ratio is the median of the ratios of neighbouring runs: it stands while other programs load the machine.
/// </summary>
internal static class EngineReport
{
    // As long as ONNX Runtime's idle threads spin.
    private const int PauseMilliseconds = 100;

    private static readonly string[] ShippedModels = ["mnist-mlp", "mnist-cnn", "lenet5"];

    /// <summary>Writes the table.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="arguments"><c>--threads N</c>, <c>--batch N</c>, <c>--seconds S</c> a measurement, and names of models; without, 1 and 2 threads, batch 1 and 32, and all models.</param>
    public static void Write(TextWriter output, ReadOnlySpan<string> arguments)
    {
        var names = new List<string>();
        int[] threads = [1, 2];
        int[] batches = [1, 32];
        double seconds = 0.6;
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--threads":
                    threads = [int.Parse(arguments[++i], CultureInfo.InvariantCulture)];
                    break;
                case "--batch":
                    batches = [int.Parse(arguments[++i], CultureInfo.InvariantCulture)];
                    break;
                case "--seconds":
                    seconds = double.Parse(arguments[++i], CultureInfo.InvariantCulture);
                    break;
                default:
                    names.Add(arguments[i]);
                    break;
            }
        }

        output.WriteLine("model         threads batch   managed us       ort us   ratio  rel difference  allocated bytes");
        foreach (string name in names.Count == 0 ? ShippedModels.Concat(ReferenceNetworks.Names) : names)
        {
            byte[] model = Load(name);
            foreach (int count in threads)
            {
                foreach (int batch in batches)
                {
                    output.WriteLine(Measure(name, model, count, batch, seconds));
                }
            }
        }
    }

    /// <summary>The bytes of a shipped model or of a network of <see cref="ReferenceNetworks"/>, or those of a file.</summary>
    private static byte[] Load(string name)
    {
        if (ReferenceNetworks.Names.Contains(name))
        {
            return ReferenceNetworks.Create(name).ToBytes();
        }

        return File.ReadAllBytes(File.Exists(name) ? name : Path.Combine(ModelsDirectory(), name, "model.onnx"));
    }

    private static string ModelsDirectory()
    {
        for (string? directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (File.Exists(Path.Combine(directory, "Toolkit.sln")))
            {
                return Path.Combine(directory, "models");
            }
        }

        throw new DirectoryNotFoundException("Benchmarks: expected to run inside of a checkout, found no Toolkit.sln above the program; run it with 'dotnet run' from the checkout.");
    }

    private static string Measure(string name, byte[] model, int threads, int batch, double seconds)
    {
        using IInferenceSession managed = new ManagedBackend().Load(model, new InferenceOptions { Threads = threads });
        using SessionOptions options = new() { IntraOpNumThreads = threads, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        using var native = new InferenceSession(model, options);
        using var runOptions = new RunOptions();
        Tensor[] inputs = [.. managed.Inputs.Select(input => Random(new Shape([.. input.Shape!.Dimensions.ToArray().Select(dimension => (int)(dimension.Size ?? batch))])))];
        IReadOnlyList<Shape?> shapes = managed.InferOutputShapes([.. inputs.Select(input => input.Shape)]);
        Tensor[] outputs = [.. shapes.Select(shape => Tensor.Create(ElementType.Float32, shape!.Value))];
        float[][] expected = [.. outputs.Select(tensor => new float[tensor.Shape.Length])];
        string[] inputNames = [.. managed.Inputs.Select(input => input.Name)];
        string[] outputNames = [.. managed.Outputs.Select(result => result.Name)];
        OrtValue[] nativeInputs = [.. inputs.Select(input => OrtValue.CreateTensorValueFromMemory(input.As<float>().ToArray(), Sizes(input.Shape)))];
        OrtValue[] nativeOutputs = [.. outputs.Select((tensor, i) => OrtValue.CreateTensorValueFromMemory(expected[i], Sizes(tensor.Shape)))];
        try
        {
            (double own, double other, double ratio) = Interleave(
                () => managed.Run(inputs, outputs), () => native.Run(runOptions, inputNames, nativeInputs, outputNames, nativeOutputs), seconds, threads > 1 ? PauseMilliseconds : 0);
            double difference = outputs.Select((tensor, i) => Difference(tensor.As<float>().Span, expected[i])).Max();
            long before = GC.GetTotalAllocatedBytes(precise: true);
            managed.Run(inputs, outputs);
            long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            return string.Create(
                CultureInfo.InvariantCulture, $"{name,-14}{threads,6}{batch,6} {own * 1e6,12:F1} {other * 1e6,12:F1}  {ratio,6:F2}  {difference,14:E1}  {allocated,15}");
        }
        finally
        {
            Array.ForEach(nativeInputs, value => value.Dispose());
            Array.ForEach(nativeOutputs, value => value.Dispose());
        }
    }

    // Turns of some calls each, so that each engine has its data in the caches as it would without the other, and its threads awake.
    private static (double Own, double Other, double Ratio) Interleave(Action own, Action other, double seconds, int pause)
    {
        double once = Warm(own, seconds) + Warm(other, seconds / 2);
        int calls = (int)Math.Clamp(0.006 / once, 1, 200);
        var owns = new List<double>();
        var others = new List<double>();
        var ratios = new List<double>();
        long deadline = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < deadline || owns.Count < 5)
        {
            bool isOwnFirst = owns.Count % 2 == 0;
            double first = Turn(isOwnFirst ? own : other, calls, pause);
            double second = Turn(isOwnFirst ? other : own, calls, pause);
            (double mine, double theirs) = isOwnFirst ? (first, second) : (second, first);
            owns.Add(mine);
            others.Add(theirs);
            ratios.Add(mine / theirs);
        }

        return (Median(owns), Median(others), Median(ratios));
    }

    // Runs it until the runtime has compiled what is called often once more, optimized. The seconds of the fastest call.
    private static double Warm(Action action, double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        double best = double.MaxValue;
        for (int calls = 0; Stopwatch.GetElapsedTime(start).TotalSeconds < seconds || calls < 3; calls++)
        {
            long before = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(before).TotalSeconds);
        }

        return best;
    }

    // The median of the calls: one that the operating system interrupts does not count.
    private static double Turn(Action action, int calls, int pause)
    {
        // The other engine's idle threads spin for a while, on the processors that this one would use.
        Thread.Sleep(pause);
        for (int call = 0; call < 3; call++)
        {
            action();
        }

        var times = new List<double>(calls);
        for (int call = 0; call < calls; call++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return Median(times);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    // The largest difference, as a share of the largest magnitude.
    private static double Difference(ReadOnlySpan<float> values, ReadOnlySpan<float> expected)
    {
        double difference = 0;
        double magnitude = double.Epsilon;
        for (int i = 0; i < values.Length; i++)
        {
            difference = Math.Max(difference, Math.Abs((double)values[i] - expected[i]));
            magnitude = Math.Max(magnitude, Math.Abs((double)expected[i]));
        }

        return difference / magnitude;
    }

    private static Tensor<float> Random(Shape shape) => Tensor.From(shape, Timing.Values(shape.Length));

    private static long[] Sizes(Shape shape) => [.. shape.Dimensions.ToArray().Select(size => (long)size)];
}
