using Toolkit.Numerics;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Autograd;

/// <summary>
/// Functions of variables, with the names of <c>keras.ops</c>: what layers, losses and training loops of one's own are written with, beside
/// the operators of <see cref="Variable"/>. Each applies a <see cref="Function"/> on its inputs' tape.
/// </summary>
public static class Ops
{
    /// <summary>|x|.</summary>
    public static Variable Abs(Variable x) => Apply(AbsFunction.Instance, x);

    /// <summary>The variables one after another along an axis.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="inputs">The variables, of equal sizes along the other axes.</param>
    /// <exception cref="ArgumentException">There is none, or their shapes do not fit.</exception>
    public static Variable Concatenate(int axis, params ReadOnlySpan<Variable> inputs)
    {
        if (inputs.IsEmpty)
        {
            throw new ArgumentException("Concatenate: expected 1 input or more, got 0.", nameof(inputs));
        }

        ArgumentNullException.ThrowIfNull(inputs[0]);
        return inputs[0].Tape.Apply(new ConcatFunction(axis), inputs);
    }

    /// <summary>eˣ.</summary>
    public static Variable Exp(Variable x) => Apply(ExpFunction.Instance, x);

    /// <summary>[N, …] to [N, elements of a sample].</summary>
    public static Variable Flatten(Variable x) => Apply(FlattenFunction.Instance, x);

    /// <summary>ln x.</summary>
    public static Variable Log(Variable x) => Apply(LogFunction.Instance, x);

    /// <summary>The product of matrices, or of stacks of them, [..., m, k] and [..., k, n].</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Variable MatMul(Variable left, Variable right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.Tape.Apply(MatMulFunction.Instance, left, right);
    }

    /// <summary>The mean over axes.</summary>
    /// <param name="x">The variable.</param>
    /// <param name="axes">The axes, negative counted from the end; all by default.</param>
    /// <param name="keepDims">Whether these axes stay, with size 1.</param>
    /// <exception cref="ArgumentException">There is no such axis, or one is there twice.</exception>
    public static Variable Mean(Variable x, ReadOnlySpan<int> axes = default, bool keepDims = false) => Apply(new ReduceMeanFunction(axes, keepDims), x);

    /// <summary>1 / x.</summary>
    public static Variable Reciprocal(Variable x) => Apply(ReciprocalFunction.Instance, x);

    /// <summary>max(0, x).</summary>
    public static Variable Relu(Variable x) => Apply(ReluFunction.Instance, x);

    /// <summary>[N, …] to [N, <paramref name="sampleShape"/>…]: the same elements under another shape.</summary>
    /// <exception cref="ArgumentException">The numbers of elements differ.</exception>
    public static Variable Reshape(Variable x, Shape sampleShape) => Apply(new ReshapeFunction(sampleShape), x);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static Variable Sigmoid(Variable x) => Apply(SigmoidFunction.Instance, x);

    /// <summary>The elements start, start + step, … along an axis.</summary>
    /// <param name="x">The variable.</param>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="start">The first element.</param>
    /// <param name="length">How many are taken.</param>
    /// <param name="step">The distance between them.</param>
    /// <exception cref="ArgumentException">The axis, or one of the elements, is not there.</exception>
    public static Variable Slice(Variable x, int axis, int start, int length, int step = 1) => Apply(new SliceFunction(axis, start, length, step), x);

    /// <summary>eˣ / Σ eˣ over the last axis.</summary>
    public static Variable Softmax(Variable x) => Apply(SoftmaxFunction.Instance, x);

    /// <summary>ln(1 + eˣ).</summary>
    public static Variable Softplus(Variable x) => Apply(SoftplusFunction.Instance, x);

    /// <summary>Parts of equal size along an axis.</summary>
    /// <param name="x">The variable.</param>
    /// <param name="sections">The number of parts.</param>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <exception cref="ArgumentException">There is no such axis, or its size is not a multiple of <paramref name="sections"/>.</exception>
    public static Variable[] Split(Variable x, int sections, int axis = -1)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(sections, 1);
        int size = x.Shape[x.Shape.NormalizeAxis(axis)];
        if (size % sections != 0)
        {
            throw new ArgumentException($"Split: axis {axis} of {x.Shape} cannot be cut into {sections} equal parts; use Slice.", nameof(sections));
        }

        int length = size / sections;
        return [.. Enumerable.Range(0, sections).Select(part => Slice(x, axis, part * length, length))];
    }

    /// <summary>√x.</summary>
    public static Variable Sqrt(Variable x) => Apply(SqrtFunction.Instance, x);

    /// <summary>x².</summary>
    public static Variable Square(Variable x) => Apply(SquareFunction.Instance, x);

    /// <summary>The sum over axes.</summary>
    /// <param name="x">The variable.</param>
    /// <param name="axes">The axes, negative counted from the end; all by default.</param>
    /// <param name="keepDims">Whether these axes stay, with size 1.</param>
    /// <exception cref="ArgumentException">There is no such axis, or one is there twice.</exception>
    public static Variable Sum(Variable x, ReadOnlySpan<int> axes = default, bool keepDims = false) => Apply(new ReduceSumFunction(axes, keepDims), x);

    /// <summary>tanh x.</summary>
    public static Variable Tanh(Variable x) => Apply(TanhFunction.Instance, x);

    /// <summary>The axes in another order.</summary>
    /// <param name="x">The variable.</param>
    /// <param name="axes">For each axis of the result, the axis of x; the batch is 0.</param>
    /// <exception cref="ArgumentException">An axis is missing, or there twice.</exception>
    public static Variable Transpose(Variable x, params ReadOnlySpan<int> axes) => Apply(new TransposeFunction(axes), x);

    private static Variable Apply(Function function, Variable x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Tape.Apply(function, x);
    }
}
