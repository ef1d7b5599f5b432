using System.Numerics;

namespace Toolkit.Numerics;

/// <content>How tensors are made, with NumPy's names.</content>
public abstract partial class Tensor
{
    /// <summary>A tensor of zeros.</summary>
    public static Tensor<T> Zeros<T>(Shape shape) => new(shape);

    /// <summary>A tensor of ones.</summary>
    public static Tensor<T> Ones<T>(Shape shape)
        where T : INumberBase<T> => Full(shape, T.One);

    /// <summary>A tensor that holds one value everywhere.</summary>
    public static Tensor<T> Full<T>(Shape shape, T value)
    {
        var tensor = new Tensor<T>(shape);
        tensor.Span.Fill(value);
        return tensor;
    }

    /// <summary>0, 1, …, <paramref name="stop"/> - 1.</summary>
    public static Tensor<int> Arange(int stop) => Arange(0, stop, 1);

    /// <summary><paramref name="start"/>, start + step, … up to but without <paramref name="stop"/>.</summary>
    /// <exception cref="ArgumentException">The step is 0, or there would be too many elements.</exception>
    public static Tensor<T> Arange<T>(T start, T stop, T step)
        where T : INumber<T>
    {
        double count = step == T.Zero
            ? throw new ArgumentException("Tensor.Arange: expected a step other than 0.", nameof(step))
            : Math.Ceiling((double.CreateChecked(stop) - double.CreateChecked(start)) / double.CreateChecked(step));
        if (!(count <= Array.MaxLength))
        {
            throw new ArgumentException($"Tensor.Arange: {count} elements are too many; the greatest tensor has {Array.MaxLength}.", nameof(stop));
        }

        var tensor = new Tensor<T>([(int)Math.Max(0, count)]);
        Span<T> span = tensor.Span;
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = start + (T.CreateChecked(i) * step);
        }

        return tensor;
    }

    /// <summary><paramref name="count"/> evenly spaced values from <paramref name="start"/> to <paramref name="stop"/>, both included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static Tensor<double> Linspace(double start, double stop, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var tensor = new Tensor<double>([count]);
        for (int i = 0; i < count; i++)
        {
            tensor.Span[i] = i == count - 1 && count > 1 ? stop : start + (i * (stop - start) / Math.Max(1, count - 1));
        }

        return tensor;
    }

    /// <summary>The identity matrix of <paramref name="size"/> rows.</summary>
    public static Tensor<T> Eye<T>(int size)
        where T : INumberBase<T>
    {
        var tensor = new Tensor<T>([size, size]);
        for (int i = 0; i < size; i++)
        {
            tensor.Span[(i * size) + i] = T.One;
        }

        return tensor;
    }

    /// <summary>Uniform random values in [0, 1), from the stream.</summary>
    public static Tensor<float> RandomUniform(Shape shape, CounterRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var tensor = new Tensor<float>(shape);
        foreach (ref float value in tensor.Span)
        {
            value = random.NextSingle();
        }

        return tensor;
    }

    /// <summary>Standard normal random values, from the stream.</summary>
    public static Tensor<float> RandomNormal(Shape shape, CounterRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var tensor = new Tensor<float>(shape);
        foreach (ref float value in tensor.Span)
        {
            value = (float)random.NextNormal();
        }

        return tensor;
    }

    /// <summary>Tensors one after the other along an axis that they have.</summary>
    /// <exception cref="ArgumentException">There is no tensor, or two differ in another axis.</exception>
    public static Tensor<T> Concatenate<T>(int axis, params ReadOnlySpan<Tensor<T>> tensors)
    {
        if (tensors.IsEmpty)
        {
            throw new ArgumentException("Tensor.Concatenate: expected at least one tensor.", nameof(tensors));
        }

        Shape first = tensors[0].Shape;
        axis = first.NormalizeAxis(axis);
        int[] dimensions = first.Dimensions.ToArray();
        dimensions[axis] = 0;
        foreach (Tensor<T> tensor in tensors)
        {
            bool fits = tensor.Shape.Rank == first.Rank;
            for (int i = 0; fits && i < first.Rank; i++)
            {
                fits = i == axis || tensor.Shape[i] == first[i];
            }

            dimensions[axis] += fits
                ? tensor.Shape[axis]
                : throw new ArgumentException($"Tensor.Concatenate: shapes {first} and {tensor.Shape} differ in another axis than {axis}.", nameof(tensors));
        }

        var result = new Tensor<T>(new Shape(dimensions));
        var selection = new TensorIndex[axis + 1];
        Array.Fill(selection, Range.All);
        int start = 0;
        foreach (Tensor<T> tensor in tensors)
        {
            selection[axis] = start..(start += tensor.Shape[axis]);
            result[(ReadOnlySpan<TensorIndex>)selection] = tensor;
        }

        return result;
    }

    /// <summary>Tensors of one shape along a new axis.</summary>
    /// <exception cref="ArgumentException">There is no tensor, or two differ in shape.</exception>
    public static Tensor<T> Stack<T>(int axis, params ReadOnlySpan<Tensor<T>> tensors)
    {
        var expanded = new Tensor<T>[tensors.Length];
        for (int i = 0; i < expanded.Length; i++)
        {
            expanded[i] = tensors[i].ExpandDimensions(axis);
        }

        return Concatenate(axis, expanded);
    }
}
