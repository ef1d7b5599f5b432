namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Binary logic on bool with broadcasting.</summary>
/// <typeparam name="TBody">The operation.</typeparam>
internal sealed class LogicKernel<TBody> : OperatorKernel
    where TBody : IBroadcastBody<bool, bool, bool>
{
    /// <inheritdoc/>
    public override bool CanOverwrite(int input) => true;

    /// <inheritdoc/>
    public override void Run(in KernelArguments arguments) => BroadcastLoop.Run<TBody, bool, bool, bool>(
        arguments.Input<bool>(0), arguments.InputShape(0), arguments.Input<bool>(1), arguments.InputShape(1), arguments.Output<bool>(0), arguments.OutputShape(0));
}
