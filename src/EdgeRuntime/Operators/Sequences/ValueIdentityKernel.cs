namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x, for a value that is no tensor.</summary>
internal sealed class ValueIdentityKernel : ValueKernel
{
    public override void Run(in ValueArguments arguments) => arguments.SetOutput(0, arguments.Inputs[0]!);
}
