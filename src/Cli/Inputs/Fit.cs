using Toolkit.Cli.Frame;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.Cli.Inputs;

/// <summary>Gives tensors the shape and the element type that a model's input wants, where that changes no value.</summary>
internal static class Fit
{
    /// <summary>
    /// A tensor as an input: samples that are laid out flat or as images are reshaped, a missing batch axis is added, and
    /// float64 becomes float32 and integers become floats where the model wants those.
    /// </summary>
    /// <exception cref="UsageException">A sample has another number of elements, or the element type cannot be converted.</exception>
    public static Tensor ToInput(Tensor tensor, ValueInfo input, string source) => Reshape(Convert(tensor, input, source), input, source);

    /// <summary>
    /// A tensor from a file that states type and shape itself: it must be what the input takes, nothing is converted. For element types that NumPy lacks the file states the values, each of
    /// which the type must have.
    /// </summary>
    /// <exception cref="UsageException">The element type, the rank or a fixed dimension is another.</exception>
    public static Tensor Exactly(Tensor tensor, ValueInfo input, string source)
    {
        tensor = NumpyValues.ToNarrow(tensor, input, source);
        if (input.ElementType != ElementType.Undefined && tensor.ElementType != input.ElementType)
        {
            string name = ElementTypes.Get(input.ElementType).Name;
            throw new UsageException($"'{source}': expected {input}, got elements of type {ElementTypes.Get(tensor.ElementType).Name}; save it with x.astype(\"{NumpyValues.TypeOf(input.ElementType) ?? name}\").");
        }

        return Matches(tensor.Shape, input.Shape)
            ? tensor
            : throw new UsageException($"'{source}': expected {input}, got shape {tensor.Shape}; reshape it, the batch axis included.");
    }

    /// <summary>The elements of one sample of an input; null where an axis other than the first is open.</summary>
    public static int? SampleLength(ValueInfo input)
    {
        long length = 1;
        foreach (Dimension dimension in input.Shape is { Rank: > 0 } shape ? shape.Dimensions[1..] : [])
        {
            if (dimension.Size is not { } size)
            {
                return null;
            }

            length *= size;
        }

        return input.Shape is null || length > int.MaxValue ? null : (int)length;
    }

    private static Tensor Reshape(Tensor tensor, ValueInfo input, string source)
    {
        if (Matches(tensor.Shape, input.Shape) || SampleLength(input) is not { } sample)
        {
            return tensor;
        }

        SymbolicShape wanted = input.Shape!;
        if (wanted.Rank == 0 || sample == 0 || tensor.Length % sample != 0 || tensor.Length == 0)
        {
            throw new UsageException($"'{source}': expected {input}, got {tensor.Shape}; give it that many elements a sample.");
        }

        int samples = tensor.Length / sample;
        bool isOneSample = samples == 1;
        bool hasBatchAxis = tensor.Shape.Rank > 0 && tensor.Shape[0] == samples;
        if (!(isOneSample || hasBatchAxis) || (wanted[0].Size is { } batch && batch != samples))
        {
            throw new UsageException($"'{source}': expected {input}, got {tensor.Shape}.");
        }

        int[] dimensions = [samples, .. wanted.Dimensions[1..].ToArray().Select(dimension => (int)dimension.Size!)];
        return tensor.Reshape(new Shape(dimensions));
    }

    private static bool Matches(Shape shape, SymbolicShape? wanted)
    {
        if (wanted is null)
        {
            return true;
        }

        if (wanted.Rank != shape.Rank)
        {
            return false;
        }

        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (wanted[axis].Size is { } size && size != shape[axis])
            {
                return false;
            }
        }

        return true;
    }

    private static Tensor Convert(Tensor tensor, ValueInfo input, string source) => (tensor, input.ElementType) switch
    {
        var (same, type) when same.ElementType == type || type == ElementType.Undefined => same,
        (Tensor<double> values, ElementType.Float32) => Map(values, value => (float)value),
        (Tensor<byte> values, ElementType.Float32) => Map(values, value => (float)value),
        (Tensor<int> values, ElementType.Float32) => Map(values, value => (float)value),
        (Tensor<long> values, ElementType.Float32) => Map(values, value => (float)value),
        (Tensor<float> values, ElementType.Float64) => Map(values, value => (double)value),
        (Tensor<int> values, ElementType.Int64) => Map(values, value => (long)value),
        _ => throw new UsageException($"'{source}': expected elements of type {input.ElementType} for input '{input.Name}', got {tensor.ElementType}; convert the file."),
    };

    private static Tensor<TTo> Map<TFrom, TTo>(Tensor<TFrom> values, Converter<TFrom, TTo> convert) =>
        new(values.Shape, Array.ConvertAll(values.ToArray(), convert));
}
