using Google.Protobuf;
using Toolkit.EdgeRuntime;
using Toolkit.EdgeRuntime.Tests;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Protobuf;

namespace Toolkit.Fuzz.Tests;

/// <summary>Collects the seeds: one model an operator case, the networks of the tests, what ships, and ONNX's own test models where they are.</summary>
internal static class FuzzSeeds
{
    /// <summary>Larger models are left out: a case should take a millisecond.</summary>
    private const int MaxBytes = 64 << 10;

    // One in so many of the models that are refused as they are is a seed all the same.
    private const int RefusedShare = 16;

    /// <summary>The seeds, in an order that does not depend on the machine.</summary>
    /// <param name="onnxTests">The folder of ONNX's backend tests, or null.</param>
    public static IReadOnlyList<FuzzSeed> Collect(string? onnxTests)
    {
        var seeds = new List<FuzzSeed>();
        IReadOnlyList<OperatorCase>[] tables =
            [OperatorCases.All, ClassicCases.All, LossCases.All, QuantizationCases.All, SamplingCases.All, StateCases.All];
        foreach (OperatorCase @case in tables.SelectMany(table => table))
        {
            Add(seeds, @case.Name, () => @case.ToModel(constants: false).ToBytes(), @case.Feeds());
            Add(seeds, @case.Name + ", constant", () => @case.ToModel(constants: true).ToBytes(), new Dictionary<string, Tensor>());
        }

        Add(seeds, "convolutional network", () => Networks.Convolutional().ToBytes(), new Dictionary<string, Tensor>());
        Add(seeds, "dense network", () => Networks.Mlp(1, [3, 4, 2], [new Onnx.Operators.Relu(), new Onnx.Operators.Softmax()]).ToBytes(), new Dictionary<string, Tensor>());
        if (Repository() is { } root)
        {
            foreach (string path in Directory.GetFiles(Path.Combine(root, "models"), "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                Add(seeds, Path.GetRelativePath(root, path), () => File.ReadAllBytes(path), new Dictionary<string, Tensor>());
            }
        }

        if (onnxTests is not null)
        {
            foreach (string path in Directory.GetFiles(onnxTests, "model.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                AddStored(seeds, onnxTests, path);
            }
        }

        int refused = 0;
        return seeds.FindAll(seed => Runs(seed) || refused++ % RefusedShare == 0);
    }

    private static bool Runs(FuzzSeed seed)
    {
        try
        {
            new ManagedBackend().Load(seed.Bytes, new InferenceOptions { Threads = 1 }).Dispose();
            return true;
        }
        catch (Exception exception) when (exception is OnnxModelException or UnsupportedOperatorException)
        {
            return false;
        }
    }

    private static string? Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Toolkit.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }

    private static void AddStored(List<FuzzSeed> seeds, string root, string path)
    {
        if (new FileInfo(path).Length > MaxBytes)
        {
            return;
        }

        var inputs = new Dictionary<string, Tensor>();
        byte[] bytes = File.ReadAllBytes(path);
        ModelProto model = ModelProto.Parser.ParseFrom(bytes);
        string data = Path.Combine(Path.GetDirectoryName(path)!, "test_data_set_0");
        for (int i = 0; i < model.Graph.Input.Count; i++)
        {
            string file = Path.Combine(data, $"input_{i}.pb");
            if (File.Exists(file) && new FileInfo(file).Length < MaxBytes)
            {
                try
                {
                    inputs[model.Graph.Input[i].Name] = StoredTensor.Load(file);
                }
                catch (Exception exception) when (exception is OnnxModelException or UnsupportedOperatorException)
                {
                    // A sequence or a type that the engine does not store: the model is a seed all the same.
                }
            }
        }

        seeds.Add(new FuzzSeed(Path.GetRelativePath(root, Path.GetDirectoryName(path)!), model, bytes, inputs));
    }

    private static void Add(List<FuzzSeed> seeds, string name, Func<byte[]> write, IReadOnlyDictionary<string, Tensor> inputs)
    {
        byte[] bytes;
        try
        {
            bytes = write();
        }
        catch (Exception exception) when (exception is OnnxModelException or UnsupportedOperatorException)
        {
            // A case whose operator takes its shape from a value cannot be written with that value as an input.
            return;
        }

        if (bytes.Length <= MaxBytes)
        {
            seeds.Add(new FuzzSeed(name, ModelProto.Parser.ParseFrom(bytes), bytes, inputs));
        }
    }
}
