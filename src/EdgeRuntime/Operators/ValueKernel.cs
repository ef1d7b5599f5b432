namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// A kernel that makes its outputs itself, because they are no tensors, or because nothing tells their shapes but the computation. It runs in plans
/// that are made node by node.
/// </summary>
internal abstract class ValueKernel : OperatorKernel
{
    /// <inheritdoc/>
    public sealed override bool IsPure => false;

    /// <summary>Computes the outputs.</summary>
    /// <exception cref="ArgumentException">A value is out of its range, or an output takes more memory than there is.</exception>
    public abstract void Run(in ValueArguments arguments);

    /// <inheritdoc/>
    public override void Run(in KernelArguments arguments) =>
        throw new InvalidOperationException($"{GetType().Name}: it makes its outputs itself, so a plan with fixed memory cannot hold it.");
}
