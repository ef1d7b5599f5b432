using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Trainer;

namespace Toolkit.Export;

/// <summary>Feeds the same inputs to several implementations of one model and says how far their outputs are apart.</summary>
public static class CrossCheck
{
    private const string TrainerName = "trainer";

    // What a batch size does to a result shows on few samples; the greatest size goes through all of them.
    internal const int MostSamplesOfSmallSizes = 512;

    /// <summary>Compares backends with the trainer's own predictions, at every batch size of the options, the greatest on all samples, the others on the first 512.</summary>
    /// <param name="trainer">The model that the file was made of.</param>
    /// <param name="sessions">The file, loaded in each backend.</param>
    /// <param name="inputs">Samples of each of the model's inputs, [n, …].</param>
    /// <param name="options">Batch sizes and tolerance.</param>
    /// <exception cref="ArgumentException">The samples do not fit, or the file has other inputs or outputs than the model.</exception>
    public static CrossCheckReport WithTrainer(
        Model trainer, IReadOnlyList<IInferenceSession> sessions, IReadOnlyList<Tensor<float>> inputs, CrossCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(inputs);
        IInferenceSession first = First(sessions, 1);
        if (first.Inputs.Count != inputs.Count || first.Outputs.Count != trainer.OutputNames.Count)
        {
            throw new ArgumentException(
                $"Cross-check: expected a file of {inputs.Count} inputs and {trainer.OutputNames.Count} outputs, got {first.Inputs.Count} and {first.Outputs.Count}.", nameof(sessions));
        }

        var named = new OrderedDictionary<string, Tensor>();
        for (int i = 0; i < inputs.Count; i++)
        {
            named.Add(trainer.InputNames[i], inputs[i]);
        }

        return Compare(TrainerName, (part, size) => Predict(trainer, part, size), sessions, named, options ?? CrossCheckOptions.Default);
    }

    /// <summary>Compares every session with the first one, at every batch size of the options, the greatest on all samples, the others on the first 512.</summary>
    /// <param name="sessions">One model, loaded in two backends or more.</param>
    /// <param name="inputs">A tensor for each of the model's inputs.</param>
    /// <param name="options">Batch sizes and tolerance.</param>
    /// <exception cref="ArgumentException">There are fewer than two sessions, or the inputs do not fit.</exception>
    public static CrossCheckReport BetweenBackends(
        IReadOnlyList<IInferenceSession> sessions, IReadOnlyDictionary<string, Tensor> inputs, CrossCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        IInferenceSession first = First(sessions, 2);
        return Compare(first.Backend, (part, size) => Run(first, part, size), [.. sessions.Skip(1)], inputs, options ?? CrossCheckOptions.Default);
    }

    /// <summary>Seeded inputs that fit a model: floats uniform in [0, 1), integers and booleans 0 or 1.</summary>
    /// <param name="inputs">What the model takes.</param>
    /// <param name="samples">The size of a first axis that the model leaves open.</param>
    /// <param name="seed">The seed; input i uses stream i.</param>
    /// <exception cref="ArgumentException">Another axis is open, or the element type is none of these.</exception>
    public static OrderedDictionary<string, Tensor> RandomInputs(IReadOnlyList<ValueInfo> inputs, int samples, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        var tensors = new OrderedDictionary<string, Tensor>();
        for (int i = 0; i < inputs.Count; i++)
        {
            var tensor = Tensor.Create(inputs[i].ElementType, ConcreteShape(inputs[i], samples));
            Fill(tensor, inputs[i], new CounterRandom(seed, (ulong)i));
            tensors.Add(inputs[i].Name, tensor);
        }

        return tensors;
    }

    /// <summary>Runs a session <paramref name="batchSize"/> samples at a time and joins the outputs; 0 runs the inputs whole.</summary>
    /// <exception cref="ArgumentException">The inputs do not fit the model.</exception>
    public static OrderedDictionary<string, Tensor> Run(IInferenceSession session, IReadOnlyDictionary<string, Tensor> inputs, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfNegative(batchSize);
        int samples = BatchAxis.Samples(inputs);
        if (batchSize == 0 || batchSize >= samples)
        {
            return session.Run(inputs);
        }

        var parts = new List<OrderedDictionary<string, Tensor>>();
        for (int start = 0; start < samples; start += batchSize)
        {
            int count = Math.Min(batchSize, samples - start);
            parts.Add(session.Run(inputs.ToDictionary(input => input.Key, input => BatchAxis.Slice(input.Value, start, count))));
        }

        var joined = new OrderedDictionary<string, Tensor>();
        foreach (string name in parts[0].Keys)
        {
            joined.Add(name, BatchAxis.Join([.. parts.Select(part => part[name])]));
        }

        return joined;
    }

    private static OrderedDictionary<string, Tensor> Predict(Model trainer, IReadOnlyDictionary<string, Tensor> inputs, int batchSize)
    {
        Tensor<float>[] values = trainer.Predict([.. trainer.InputNames.Select(name => inputs[name].As<float>())], batchSize);
        var named = new OrderedDictionary<string, Tensor>();
        for (int i = 0; i < values.Length; i++)
        {
            named.Add(trainer.OutputNames[i], values[i]);
        }

        return named;
    }

    private static CrossCheckReport Compare(
        string reference,
        Func<IReadOnlyDictionary<string, Tensor>, int, OrderedDictionary<string, Tensor>> runReference,
        IReadOnlyList<IInferenceSession> sessions,
        IReadOnlyDictionary<string, Tensor> inputs,
        CrossCheckOptions options)
    {
        IReadOnlyList<int> sizes = BatchAxis.RunSizes(sessions[0], inputs, options.BatchSizes);
        var worst = sessions.Select(session => new BackendDifference(session.Backend, TensorDifference.None, sizes[0], session.Outputs[0].Name)).ToArray();
        foreach (int size in sizes)
        {
            IReadOnlyDictionary<string, Tensor> part = size == sizes[^1] ? inputs : BatchAxis.First(inputs, Math.Max(size, MostSamplesOfSmallSizes));
            OrderedDictionary<string, Tensor> expected = runReference(part, size);
            for (int i = 0; i < worst.Length; i++)
            {
                OrderedDictionary<string, Tensor> actual = Run(sessions[i], part, size);
                foreach ((string name, Tensor value) in expected)
                {
                    worst[i] = Worst(worst[i], TensorDifference.Between(value, actual[name], options.Tolerance), size, name);
                }
            }
        }

        return new CrossCheckReport(reference, BatchAxis.Samples(inputs), sizes, options.Tolerance, worst);
    }

    private static BackendDifference Worst(BackendDifference soFar, TensorDifference next, int size, string output)
    {
        bool isWorse = next.MaxAbsolute > soFar.Difference.MaxAbsolute;
        return new BackendDifference(
            soFar.Backend, soFar.Difference.Worst(next), isWorse ? size : soFar.WorstBatchSize, isWorse ? output : soFar.WorstOutput);
    }

    private static IInferenceSession First(IReadOnlyList<IInferenceSession> sessions, int atLeast)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        return sessions.Count >= atLeast
            ? sessions[0]
            : throw new ArgumentException($"Cross-check: expected at least {atLeast} backends that run the model, got {sessions.Count}.", nameof(sessions));
    }

    private static Shape ConcreteShape(ValueInfo input, int samples)
    {
        if (input.Shape is not { } shape)
        {
            throw new ArgumentException($"Input '{input.Name}': its rank is not known, so that random samples cannot be made; give inputs in a file.", nameof(input));
        }

        var dimensions = new int[shape.Rank];
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            dimensions[axis] = shape[axis].Size is { } size && size <= int.MaxValue ? (int)size
                : axis == 0 ? samples
                : throw new ArgumentException($"Input '{input.Name}': axis {axis} of {shape} is open, so that random samples cannot be made; give inputs in a file.", nameof(input));
        }

        return new Shape(dimensions);
    }

    private static void Fill(Tensor tensor, ValueInfo input, CounterRandom random)
    {
        switch (tensor)
        {
            case Tensor<float> values:
                Fill(values.Span, () => random.NextSingle());
                break;
            case Tensor<double> values:
                Fill(values.Span, random.NextDouble);
                break;
            case Tensor<long> values:
                Fill(values.Span, () => random.NextInt32(2));
                break;
            case Tensor<int> values:
                Fill(values.Span, () => random.NextInt32(2));
                break;
            case Tensor<byte> values:
                Fill(values.Span, () => (byte)random.NextInt32(2));
                break;
            case Tensor<sbyte> values:
                Fill(values.Span, () => (sbyte)random.NextInt32(2));
                break;
            case Tensor<bool> values:
                Fill(values.Span, () => random.NextInt32(2) == 1);
                break;
            default:
                throw new ArgumentException($"Input '{input.Name}': random samples of type {tensor.ElementType} cannot be made; give inputs in a file.", nameof(input));
        }
    }

    private static void Fill<T>(Span<T> values, Func<T> next)
    {
        foreach (ref T value in values)
        {
            value = next();
        }
    }
}
