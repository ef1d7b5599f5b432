namespace Toolkit.Numerics.Kernels;

/// <summary>One binary64 lane, for gradient checks.</summary>
/// <param name="Value">The lane.</param>
public readonly record struct F64x1(double Value) : ILanes<F64x1, double>
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static F64x1 Zero => default;

    /// <inheritdoc/>
    public static F64x1 Broadcast(double value) => new(value);

    /// <inheritdoc/>
    public static F64x1 Load(ref readonly double source) => new(source);

    /// <inheritdoc/>
    public static void Store(F64x1 value, ref double destination) => destination = value.Value;

    /// <inheritdoc/>
    public static F64x1 operator +(F64x1 a, F64x1 b) => new(a.Value + b.Value);

    /// <inheritdoc/>
    public static F64x1 operator -(F64x1 a, F64x1 b) => new(a.Value - b.Value);

    /// <inheritdoc/>
    public static F64x1 operator *(F64x1 a, F64x1 b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    public static F64x1 operator /(F64x1 a, F64x1 b) => new(a.Value / b.Value);

    /// <inheritdoc/>
    public static F64x1 operator -(F64x1 a) => new(-a.Value);

    /// <inheritdoc/>
    public static F64x1 MultiplyAdd(F64x1 a, F64x1 b, F64x1 c) => new(Math.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    public static F64x1 Min(F64x1 a, F64x1 b) => a.Value < b.Value ? a : b;

    /// <inheritdoc/>
    public static F64x1 Max(F64x1 a, F64x1 b) => a.Value > b.Value ? a : b;

    /// <inheritdoc/>
    public static F64x1 Sqrt(F64x1 a) => new(Math.Sqrt(a.Value));

    /// <inheritdoc/>
    public static F64x1 Abs(F64x1 a) => new(Math.Abs(a.Value));

    /// <inheritdoc/>
    public static F64x1 Exp(F64x1 a) => new(Math.Exp(a.Value));

    /// <inheritdoc/>
    public static F64x1 Log(F64x1 a) => new(Math.Log(a.Value));

    /// <inheritdoc/>
    public static F64x1 Tanh(F64x1 a) => new(Math.Tanh(a.Value));

    /// <inheritdoc/>
    public static F64x1 SelectGreater(F64x1 a, F64x1 b, F64x1 whenTrue, F64x1 whenFalse) => a.Value > b.Value ? whenTrue : whenFalse;
}
