using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.Export;

/// <summary>Axis 0 of a model's tensors, where samples are counted.</summary>
internal static class BatchAxis
{
    /// <summary>The number of samples: the size of axis 0 that all inputs share, or 1 where they share none.</summary>
    public static int Samples(IReadOnlyDictionary<string, Tensor> inputs)
    {
        int[] sizes = [.. inputs.Values.Select(input => input.Shape.Rank == 0 ? 1 : input.Shape[0]).Distinct()];
        return sizes.Length == 1 ? sizes[0] : 1;
    }

    /// <summary>The most samples that are run at once where nobody asks for more: a network of many channels needs megabytes a sample.</summary>
    public const int MostAtOnce = 1024;

    /// <summary>
    /// The numbers of samples that a model can be run with: the wanted ones and all, or as many as are run at once, where its batch is open; its own where that is
    /// fixed; 0, which means once and whole, where it has none.
    /// </summary>
    /// <exception cref="ArgumentException">The batch is fixed and the samples are no multiple of it.</exception>
    public static IReadOnlyList<int> RunSizes(IInferenceSession session, IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyList<int> wanted)
    {
        int samples = Samples(inputs);
        if (session.Inputs.Concat(session.Outputs).All(value => value.Shape is { Rank: > 0 } shape && !shape[0].IsKnown))
        {
            return [.. wanted.Where(size => size > 0 && size < samples).Append(Math.Min(samples, MostAtOnce)).Distinct()];
        }

        long?[] batches = [.. session.Inputs.Select(input => input.Shape is { Rank: > 0 } shape ? shape[0].Size : null).Distinct()];
        if (batches is not [{ } batch] || session.Outputs.Any(output => output.Shape is not { Rank: > 0 }))
        {
            return [0];
        }

        return batch > 0 && samples % batch == 0
            ? [(int)batch]
            : throw new ArgumentException($"Cross-check: expected a multiple of the model's fixed batch of {batch} samples, got {samples}; change the number of samples.", nameof(inputs));
    }

    /// <summary>The first samples of every tensor; the tensors themselves where they have no more, or share no number of samples.</summary>
    public static IReadOnlyDictionary<string, Tensor> First(IReadOnlyDictionary<string, Tensor> inputs, int count) => Samples(inputs) <= count
        ? inputs
        : inputs.ToDictionary(input => input.Key, input => Slice(input.Value, 0, count));

    /// <summary>Some samples: those of float32 where they lie, copies of others.</summary>
    public static Tensor Slice(Tensor tensor, int start, int count)
    {
        int[] dimensions = tensor.Shape.Dimensions.ToArray();
        if (tensor is Tensor<float> single)
        {
            Memory<float> memory = single.Contiguous().Memory;
            int length = memory.Length / dimensions[0];
            dimensions[0] = count;
            return new Tensor<float>(new Shape(dimensions), memory.Slice(start * length, count * length));
        }

        Span<byte> bytes = tensor.Contiguous().Bytes;
        int bytesPerSample = bytes.Length / dimensions[0];
        dimensions[0] = count;
        var slice = Tensor.Create(tensor.ElementType, new Shape(dimensions));
        bytes.Slice(start * bytesPerSample, count * bytesPerSample).CopyTo(slice.Bytes);
        return slice;
    }

    /// <summary>The samples of several tensors, one after the other.</summary>
    public static Tensor Join(IReadOnlyList<Tensor> parts)
    {
        int[] dimensions = parts[0].Shape.Dimensions.ToArray();
        dimensions[0] = parts.Sum(part => part.Shape[0]);
        var joined = Tensor.Create(parts[0].ElementType, new Shape(dimensions));
        int offset = 0;
        foreach (Tensor part in parts)
        {
            part.Bytes.CopyTo(joined.Bytes[offset..]);
            offset += part.Bytes.Length;
        }

        return joined;
    }
}
