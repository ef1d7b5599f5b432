using System.Globalization;
using System.Text;

namespace Toolkit.Numerics;

/// <summary>Prints tensors as NumPy does: nested brackets, aligned columns, the middle of long axes left out.</summary>
public static class TensorFormatter
{
    private const int Threshold = 1000;
    private const int EdgeItems = 3;
    private const int LineWidth = 75;

    /// <summary>The elements in brackets, eight significant digits at most, floating-point columns aligned at the point.</summary>
    public static string Format<T>(Tensor<T> tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Length == 0)
        {
            return tensor.Shape.Rank == 1 ? "[]" : $"[] (shape {tensor.Shape})";
        }

        bool summarize = tensor.Length > Threshold;
        var shown = new List<T>();
        Visit(tensor, 0, new int[tensor.Shape.Rank], summarize, shown.Add);
        string[] texts = FormatElements(shown);
        int width = texts.Max(text => text.Length);
        var output = new StringBuilder();
        int next = 0;
        Write(tensor.Shape, 0, summarize, output, () => texts[next++].PadLeft(width), width);
        return output.ToString();
    }

    private static string[] FormatElements<T>(List<T> values)
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Half))
        {
            double[] numbers = values.ConvertAll(value => Convert.ToDouble(value is Half half ? (double)half : (object)value!, CultureInfo.InvariantCulture)).ToArray();
            return FormatFloats(numbers, typeof(T) == typeof(double));
        }

        if (ElementTypes.Of<T>() == ElementType.BFloat16 || NarrowFormat.Find(ElementTypes.Of<T>()) is { IsInteger: false })
        {
            return FormatFloats(values.ConvertAll(ToDouble).ToArray(), isDouble: false);
        }

        return values.ConvertAll(value => value switch
        {
            string text => $"'{text}'",
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value?.ToString() ?? "",
        }).ToArray();
    }

    private static double ToDouble<T>(T value) => value switch
    {
        BFloat16 number => (float)number,
        Float8E4M3Fn number => (float)number,
        Float8E4M3Fnuz number => (float)number,
        Float8E5M2 number => (float)number,
        Float8E5M2Fnuz number => (float)number,
        Float8E8M0 number => (float)number,
        Float4E2M1 number => (float)number,
        _ => throw new ArgumentException($"{typeof(T).Name} is no floating-point type.", nameof(value)),
    };

    private static string[] FormatFloats(double[] values, bool isDouble)
    {
        double[] finite = values.Where(double.IsFinite).ToArray();
        double[] magnitudes = finite.Select(Math.Abs).Where(value => value != 0).ToArray();
        bool scientific = magnitudes.Length > 0 && (magnitudes.Max() >= 1e8 || magnitudes.Min() < 1e-4 || magnitudes.Max() / magnitudes.Min() > 1e3 && magnitudes.Min() < 1e-4);
        if (scientific)
        {
            return Align(values, value => value.ToString("0.0#######e+00", CultureInfo.InvariantCulture));
        }

        // As many decimals as the element that needs most, at most eight; shortest round-trip text of the element type.
        int decimals = finite.Length == 0 ? 0 : finite.Max(value =>
        {
            string text = isDouble ? value.ToString("0.########", CultureInfo.InvariantCulture) : ((float)value).ToString("0.########", CultureInfo.InvariantCulture);
            int point = text.IndexOf('.', StringComparison.Ordinal);
            return point < 0 ? 0 : text.Length - point - 1;
        });
        return Align(values, value =>
        {
            string text = isDouble ? value.ToString("0.########", CultureInfo.InvariantCulture) : ((float)value).ToString("0.########", CultureInfo.InvariantCulture);
            int point = text.IndexOf('.', StringComparison.Ordinal);
            text = point < 0 ? text + "." : text;
            point = point < 0 ? text.Length - 1 : point;
            return text.PadRight(point + 1 + decimals);
        });
    }

    private static string[] Align(double[] values, Func<double, string> format) => Array.ConvertAll(values, value =>
        double.IsNaN(value) ? "nan" : double.IsPositiveInfinity(value) ? "inf" : double.IsNegativeInfinity(value) ? "-inf" : format(value));

    private static void Visit<T>(Tensor<T> tensor, int axis, int[] index, bool summarize, Action<T> action)
    {
        if (axis == index.Length)
        {
            action(tensor[(ReadOnlySpan<int>)index]);
            return;
        }

        foreach (int position in Positions(tensor.Shape[axis], summarize))
        {
            if (position >= 0)
            {
                index[axis] = position;
                Visit(tensor, axis + 1, index, summarize, action);
            }
        }
    }

    private static void Write(Shape shape, int axis, bool summarize, StringBuilder output, Func<string> nextElement, int width)
    {
        if (axis == shape.Rank)
        {
            output.Append(nextElement());
            return;
        }

        output.Append('[');
        bool innermost = axis == shape.Rank - 1;
        int column = axis + 1;
        bool first = true;
        foreach (int position in Positions(shape[axis], summarize))
        {
            if (!first)
            {
                if (!innermost)
                {
                    output.Append('\n', shape.Rank - 1 - axis).Append(' ', axis + 1);
                }
                else if (column + 1 + width > LineWidth)
                {
                    output.Append('\n').Append(' ', axis + 1);
                    column = axis + 1;
                }
                else
                {
                    output.Append(' ');
                    column++;
                }
            }

            first = false;
            if (position < 0)
            {
                output.Append("...");
                column += 3;
            }
            else
            {
                Write(shape, axis + 1, summarize, output, nextElement, width);
                column += width;
            }
        }

        output.Append(']');
    }

    /// <summary>The positions of an axis that are shown; -1 stands for those left out.</summary>
    private static IEnumerable<int> Positions(int size, bool summarize)
    {
        if (!summarize || size <= 2 * EdgeItems)
        {
            return Enumerable.Range(0, size);
        }

        return Enumerable.Range(0, EdgeItems).Append(-1).Concat(Enumerable.Range(size - EdgeItems, EdgeItems));
    }
}
