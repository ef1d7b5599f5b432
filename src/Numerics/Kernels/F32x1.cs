namespace Toolkit.Numerics.Kernels;

/// <summary>One binary32 lane: the scalar oracle of the vector lanes.</summary>
/// <param name="Value">The lane.</param>
public readonly record struct F32x1(float Value) : ILanes<F32x1, float>
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static F32x1 Zero => default;

    /// <inheritdoc/>
    public static F32x1 Broadcast(double value) => new((float)value);

    /// <inheritdoc/>
    public static F32x1 Load(ref readonly float source) => new(source);

    /// <inheritdoc/>
    public static void Store(F32x1 value, ref float destination) => destination = value.Value;

    /// <inheritdoc/>
    public static F32x1 operator +(F32x1 a, F32x1 b) => new(a.Value + b.Value);

    /// <inheritdoc/>
    public static F32x1 operator -(F32x1 a, F32x1 b) => new(a.Value - b.Value);

    /// <inheritdoc/>
    public static F32x1 operator *(F32x1 a, F32x1 b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    public static F32x1 operator /(F32x1 a, F32x1 b) => new(a.Value / b.Value);

    /// <inheritdoc/>
    public static F32x1 operator -(F32x1 a) => new(-a.Value);

    /// <inheritdoc/>
    public static F32x1 MultiplyAdd(F32x1 a, F32x1 b, F32x1 c) => new(MathF.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    public static F32x1 Min(F32x1 a, F32x1 b) => a.Value < b.Value ? a : b;

    /// <inheritdoc/>
    public static F32x1 Max(F32x1 a, F32x1 b) => a.Value > b.Value ? a : b;

    /// <inheritdoc/>
    public static F32x1 Sqrt(F32x1 a) => new(MathF.Sqrt(a.Value));

    /// <inheritdoc/>
    public static F32x1 Abs(F32x1 a) => new(MathF.Abs(a.Value));

    /// <inheritdoc/>
    public static F32x1 Exp(F32x1 a) => new(MathF.Exp(a.Value));

    /// <inheritdoc/>
    public static F32x1 Log(F32x1 a) => new(MathF.Log(a.Value));

    /// <inheritdoc/>
    public static F32x1 Tanh(F32x1 a) => new(MathF.Tanh(a.Value));

    /// <inheritdoc/>
    public static F32x1 SelectGreater(F32x1 a, F32x1 b, F32x1 whenTrue, F32x1 whenFalse) => a.Value > b.Value ? whenTrue : whenFalse;
}
