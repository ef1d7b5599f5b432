using System.Diagnostics;
using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Numerics.Npy;
using Toolkit.Onnx;

namespace Toolkit.RunModel;

/// <summary>One inference.</summary>
internal static class RunMode
{
    private const int MaxListed = 16;

    public static int Run(Arguments arguments, IInferenceBackend backend)
    {
        long start = Stopwatch.GetTimestamp();
        using IInferenceSession session = backend.Load(File.ReadAllBytes(arguments.Positional[0]), new InferenceOptions { Threads = arguments.Get("--threads", 1) });
        Dictionary<string, Tensor> inputs = ReadInputs(arguments.Positional, session);
        TimeSpan loaded = Stopwatch.GetElapsedTime(start);
        OrderedDictionary<string, Tensor> outputs = session.Run(inputs);
        TimeSpan done = Stopwatch.GetElapsedTime(start);
        foreach ((string name, Tensor output) in outputs)
        {
            Console.WriteLine($"{name} {output.ElementType} {output.Shape}: {Elements(output)}");
        }

        Console.Error.WriteLine($"{session.Backend}: loaded in {loaded.TotalMilliseconds:F1} ms, ran in {(done - loaded).TotalMilliseconds:F1} ms");
        return 0;
    }

    private static Dictionary<string, Tensor> ReadInputs(List<string> words, IInferenceSession session)
    {
        if (words.Count > 1 && words.Count - 1 != session.Inputs.Count)
        {
            throw new ArgumentException($"expected {session.Inputs.Count} input files, got {words.Count - 1}: {string.Join(", ", session.Inputs)}.");
        }

        var inputs = new Dictionary<string, Tensor>();
        for (int i = 0; i < session.Inputs.Count; i++)
        {
            inputs.Add(session.Inputs[i].Name, words.Count == 1 ? Zeros(session.Inputs[i]) : Read(words[i + 1]));
        }

        return inputs;
    }

    private static Tensor Read(string path) => Path.GetExtension(path) == ".npy" ? NpyFile.Read(path) : StoredTensor.Load(path);

    /// <summary>Zeros in the shape that the model declares; its open dimensions are 1.</summary>
    private static Tensor Zeros(ValueInfo input)
    {
        SymbolicShape shape = input.Shape ?? throw new ArgumentException($"input '{input.Name}' has no declared shape; give a file for it.");
        return Tensor.Create(input.ElementType, new Shape([.. shape.Dimensions.ToArray().Select(dimension => (int)(dimension.Size ?? 1))]));
    }

    private static string Elements(Tensor tensor)
    {
        string first = tensor switch
        {
            Tensor<float> t => First(t),
            Tensor<double> t => First(t),
            Tensor<long> t => First(t),
            Tensor<int> t => First(t),
            Tensor<byte> t => First(t),
            Tensor<sbyte> t => First(t),
            Tensor<bool> t => First(t),
            Tensor<string> t => First(t),
            _ => $"{tensor.Length} elements",
        };
        return tensor.Length > MaxListed ? $"{first} … of {tensor.Length}" : first;
    }

    private static string First<T>(Tensor<T> tensor) => string.Join(' ', tensor.ToArray().Take(MaxListed));
}
