using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Protobuf;

namespace Toolkit.Fuzz.Tests;

/// <summary>
/// Makes and runs cases. A case is determined by the seed and its number alone, so that any one can be repeated without those
/// before it.
/// </summary>
internal sealed class FuzzRunner(IReadOnlyList<FuzzSeed> seeds, int seed)
{
    /// <summary>What a case may take: small, so that a breach is seen and a million cases are feasible.</summary>
    public static OnnxLimits Limits { get; } = new()
    {
        MaxFileBytes = 4 << 20,
        MaxNodes = 1000,
        MaxTensorBytes = 16 << 20,
        MaxPlanBytes = 32 << 20,
        MaxFoldedBytes = 8 << 20,
        MaxLoopTrips = 1000,
    };

    /// <summary>The deadline of loading and of each run.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How much longer a case may take: reading the file, a stretch of a kernel, the machine's other work.</summary>
    public static TimeSpan Slack { get; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>Managed memory that one case may take in all: what its plans hold, what folding adds, and the copies on the way.</summary>
    public static long MaxAllocatedBytes { get; } = 192L << 20;

    private static readonly InferenceOptions Serial = new() { Threads = 1, Limits = Limits, Deadline = Deadline };
    private static readonly InferenceOptions Parallel = new() { Threads = 0, Limits = Limits, Deadline = Deadline };
    private static readonly ManagedBackend Backend = new();

    /// <summary>Runs one case.</summary>
    /// <returns>The outcome, and the finding if there is one.</returns>
    public (FuzzResult Result, FuzzFinding? Finding) Run(long number)
    {
        Random random = RandomOf(number);
        (FuzzSeed from, byte[] model, string mutation) = Make(random);
        var result = FuzzResult.ModelRefused;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        string description = $"case {number} of seed {seed}: {mutation} of '{from.Name}'";
        try
        {
            using IInferenceSession session = Backend.Load(model, random.Next(16) == 0 ? Parallel : Serial);
            result = FuzzResult.RunRefused;
            for (int runs = random.Next(1, 5); runs > 0; runs--)
            {
                result = RunOnce(random, session, from) ? FuzzResult.Ran : result;
            }
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            result = FuzzResult.TimedOut;
        }
        catch (Exception exception) when (IsTyped(exception))
        {
            // The result says how far it came.
        }
        catch (Exception exception)
        {
            return (FuzzResult.Failed, new FuzzFinding(number, Signature(exception), $"{description}{Environment.NewLine}{exception}"));
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        if (elapsed > (2 * Deadline) + Slack)
        {
            return (FuzzResult.Failed, new FuzzFinding(number, $"late: {Operators(model)}", string.Create(CultureInfo.InvariantCulture, $"{description}: {elapsed.TotalSeconds:F1} s")));
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return allocated > MaxAllocatedBytes
            ? (FuzzResult.Failed, new FuzzFinding(number, $"memory: {Operators(model)}", $"{description}: {allocated >> 20} MiB allocated"))
            : (result, null);
    }

    /// <summary>The file of a case, for who wants to look at it.</summary>
    public byte[] ModelOf(long number) => Make(RandomOf(number)).Model;

    // Whether the session accepts the inputs: one that refuses them has to run on others.
    private static bool RunOnce(Random random, IInferenceSession session, FuzzSeed from)
    {
        Dictionary<string, Tensor> inputs = InputMutator.Make(random, session, from.Inputs);
        try
        {
            Run(random, session, inputs);
            return true;
        }
        catch (Exception exception) when (IsTyped(exception))
        {
            return false;
        }
    }

    private static void Run(Random random, IInferenceSession session, Dictionary<string, Tensor> inputs)
    {
        OrderedDictionary<string, Tensor> outputs = session.Run(inputs);
        if (random.Next(8) != 0 || inputs.Count != session.Inputs.Count)
        {
            return;
        }

        // The other way to run: into tensors of the caller's.
        Tensor[] ordered = [.. session.Inputs.Select(input => inputs[input.Name])];
        session.InferOutputShapes([.. ordered.Select(tensor => tensor.Shape)]);
        session.Run(ordered, [.. outputs.Values.Select(tensor => Tensor.Create(tensor.ElementType, tensor.Shape))]);
    }

    private static bool IsTyped(Exception exception) => exception is OnnxModelException or UnsupportedOperatorException
        || (exception is ArgumentException && exception.GetType() == typeof(ArgumentException) && exception.Message.Length > 20);

    // The first frames in our code: exceptions of one defect share them.
    private static string Signature(Exception exception)
    {
        string[] frames = [.. (exception.StackTrace ?? "").Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.Contains("Toolkit.", StringComparison.Ordinal))
            .Take(2)
            .Select(line => line.Split(" in ")[0][3..].Split('(')[0])];
        return $"{exception.GetType().Name}: {string.Join(" < ", frames)}";
    }

    private static string Operators(byte[] model)
    {
        try
        {
            return string.Join(", ", ModelProto.Parser.ParseFrom(model).Graph.Node.Select(node => node.OpType).Distinct().Take(4));
        }
        catch (InvalidProtocolBufferException)
        {
            return "?";
        }
    }

    private Random RandomOf(long number) => new(unchecked((seed * 486187739) ^ (int)(number * 2654435761) ^ (int)(number >> 32)));

    private (FuzzSeed From, byte[] Model, string Mutation) Make(Random random)
    {
        FuzzSeed from = seeds[random.Next(seeds.Count)];
        return random.Next(20) switch
        {
            < 3 => (from, from.Bytes, "hostile inputs"),
            < 6 => (from, ByteMutator.Mutate(random, from.Bytes, seeds[random.Next(seeds.Count)].Bytes), "damaged bytes"),
            _ => (from, new ModelMutator(random, seeds).Mutate(from.Model).ToByteArray(), "mutated model"),
        };
    }
}
