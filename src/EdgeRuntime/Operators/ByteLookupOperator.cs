using Toolkit.EdgeRuntime.Fusion;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = table[x].</summary>
internal static class ByteLookupOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(ByteLookup op, NodeContext node) => new Kernel([.. op.Table]);

    private sealed class Kernel(byte[] table) : OperatorKernel
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments) => ByteTable.Apply(table, arguments.InputTensor(0).Bytes, arguments.OutputTensor(0).Bytes);
    }
}
