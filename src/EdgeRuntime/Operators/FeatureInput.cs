using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Reads the features of classic models, which may be of several number types.</summary>
internal static class FeatureInput
{
    /// <summary>Whether the element type is one that this class reads.</summary>
    public static bool Accepts(ElementType type) => type is ElementType.Float32 or ElementType.Float64 or ElementType.Int32 or ElementType.Int64;

    /// <summary>Neighbouring elements as float32.</summary>
    public static void Read(Tensor x, int start, Span<float> result)
    {
        switch (x)
        {
            case Tensor<float> single:
                single.Span.Slice(start, result.Length).CopyTo(result);
                break;
            case Tensor<double> wide:
                Convert(wide.Span.Slice(start, result.Length), result);
                break;
            case Tensor<int> int32:
                Convert(int32.Span.Slice(start, result.Length), result);
                break;
            default:
                Convert(((Tensor<long>)x).Span.Slice(start, result.Length), result);
                break;
        }
    }

    /// <summary>Neighbouring elements as float64, in which those of every type but large int64 are exact.</summary>
    public static void Read(Tensor x, int start, Span<double> result)
    {
        switch (x)
        {
            case Tensor<double> wide:
                wide.Span.Slice(start, result.Length).CopyTo(result);
                break;
            case Tensor<float> single:
                Convert(single.Span.Slice(start, result.Length), result);
                break;
            case Tensor<int> int32:
                Convert(int32.Span.Slice(start, result.Length), result);
                break;
            default:
                Convert(((Tensor<long>)x).Span.Slice(start, result.Length), result);
                break;
        }
    }

    private static void Convert<T, TResult>(ReadOnlySpan<T> values, Span<TResult> result)
        where T : System.Numerics.INumberBase<T>
        where TResult : System.Numerics.INumberBase<TResult>
    {
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = TResult.CreateTruncating(values[i]);
        }
    }
}
