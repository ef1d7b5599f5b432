using System.Globalization;
using Toolkit.Cli.Frame;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.Cli.Inputs;

/// <summary>Inputs of element types that NumPy lacks, from files that hold their values as another type: the way back from what <c>run --output</c> writes.</summary>
internal static class NumpyValues
{
    /// <summary>NumPy's type for the values of a type that NumPy lacks; null for any other.</summary>
    public static string? TypeOf(ElementType type) => type == ElementType.BFloat16 ? "float32"
        : NarrowFormat.Find(type) is not { } format ? null
        : !format.IsInteger ? "float32"
        : format.Minimum < 0 ? "int8" : "uint8";

    /// <summary>The values as the type of the input, where the file has the type that belongs to it; else the tensor as it is.</summary>
    /// <exception cref="UsageException">The input's type has no such value.</exception>
    public static Tensor ToNarrow(Tensor tensor, ValueInfo input, string source)
    {
        if (TypeOf(input.ElementType) != ElementTypes.Get(tensor.ElementType).Name)
        {
            return tensor;
        }

        double[] values = tensor switch
        {
            Tensor<float> numbers => Array.ConvertAll(numbers.ToArray(), value => (double)value),
            Tensor<sbyte> numbers => Array.ConvertAll(numbers.ToArray(), value => (double)value),
            _ => Array.ConvertAll(tensor.As<byte>().ToArray(), value => (double)value),
        };
        Tensor result = Tensor.Create(input.ElementType, tensor.Shape);
        NarrowFormat? format = NarrowFormat.Find(input.ElementType);
        for (int i = 0; i < values.Length; i++)
        {
            double stored;
            if (format is null)
            {
                BFloat16 rounded = (BFloat16)values[i];
                result.As<BFloat16>().Span[i] = rounded;
                stored = (float)rounded;
            }
            else
            {
                byte code = format.Encode(values[i], saturate: false, ScaleRounding.Nearest);
                result.Bytes[i] = code;
                stored = format.Decode(code);
            }

            if (!stored.Equals(values[i]))
            {
                throw new UsageException(string.Create(
                    CultureInfo.InvariantCulture, $"'{source}': expected values of {ElementTypes.Get(input.ElementType).Name} for input '{input.Name}', got {values[i]}; round them first."));
            }
        }

        return result;
    }
}
