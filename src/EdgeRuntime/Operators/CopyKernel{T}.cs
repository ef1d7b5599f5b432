namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The first output holds the first input's elements, in order, under the shape that inference gave it.</summary>
internal sealed class CopyKernel<T>(bool isView) : OperatorKernel
{
    public override bool IsView => isView;

    public override void Run(in KernelArguments arguments) => arguments.Input<T>(0).CopyTo(arguments.Output<T>(0));
}
