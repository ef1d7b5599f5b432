namespace Toolkit.Numerics;

/// <summary>A function of two elements, inlined into <see cref="TensorLoops"/>.</summary>
internal interface IScalarFunction<TIn, TOut>
{
    static abstract TOut Invoke(TIn x, TIn y);
}
