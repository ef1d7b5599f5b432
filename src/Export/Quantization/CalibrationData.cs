using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.Export.Quantization;

/// <summary>Checks samples against a model, and names them by a hash.</summary>
internal static class CalibrationData
{
    /// <exception cref="ArgumentException">There are none, one is NaN or infinite, or they do not fit the model.</exception>
    public static int Require(OnnxModel model, IReadOnlyDictionary<string, Tensor> inputs)
    {
        foreach (string name in inputs.Keys.Where(name => model.Graph.Inputs.All(input => input.Name != name)))
        {
            throw new ArgumentException($"Calibration: expected samples of {string.Join(", ", model.Graph.Inputs)}, got samples of '{name}', which is no input.");
        }

        foreach (ValueInfo input in model.Graph.Inputs)
        {
            if (!inputs.TryGetValue(input.Name, out Tensor? samples))
            {
                throw new ArgumentException($"Calibration: expected samples of {input}, got none of that name.");
            }

            if (samples.Length == 0)
            {
                throw new ArgumentException($"Calibration: expected one sample of {input} at least, got an empty set {samples.Shape}; give it a few hundred samples of what the model will see.");
            }

            if (samples.ElementType != input.ElementType || !Fits(samples.Shape, input.Shape))
            {
                throw new ArgumentException($"Calibration: expected samples of {input}, got {samples.ElementType} {samples.Shape}; give them that shape, the batch axis included.");
            }

            if (samples is Tensor<float> values && TensorStatistics.FindRange(values.Contiguous().Span) is null)
            {
                int at = Array.FindIndex(values.ToArray(), value => !float.IsFinite(value));
                throw new ArgumentException(
                    $"Calibration: expected finite samples of '{input.Name}', got {values.ToArray()[at]} in sample {at / (values.Length / Math.Max(1, values.Shape.Rank == 0 ? 1 : values.Shape[0]))}; clean the data set.");
            }
        }

        return BatchAxis.Samples(inputs);
    }

    /// <summary>SHA-256 over names, shapes and elements.</summary>
    public static string Hash(IReadOnlyDictionary<string, Tensor> inputs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> size = stackalloc byte[sizeof(int)];
        foreach ((string name, Tensor tensor) in inputs.OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            foreach (int dimension in tensor.Shape.Dimensions)
            {
                BinaryPrimitives.WriteInt32LittleEndian(size, dimension);
                hash.AppendData(size);
            }

            hash.AppendData(tensor.Contiguous().Bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The batch axis may have any size: a fixed batch is met run by run.
    private static bool Fits(Numerics.Shape shape, SymbolicShape? wanted)
    {
        if (wanted is null)
        {
            return true;
        }

        if (shape.Rank != wanted.Rank)
        {
            return false;
        }

        for (int axis = 1; axis < shape.Rank; axis++)
        {
            if (wanted[axis].Size is { } size && size != shape[axis])
            {
                return false;
            }
        }

        return true;
    }
}
