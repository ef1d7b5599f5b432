using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>What the engine asks of a pooling's window before it runs it.</summary>
internal static class PoolWindow
{
    /// <summary>Refuses windows that can lie in the padding alone, which have no value.</summary>
    public static void Check(PoolOperator op, NodeContext node)
    {
        for (int axis = 0; axis < op.KernelShape.Count; axis++)
        {
            Int128 extent = WindowOperator.Extent(op.KernelShape[axis], op.Dilation(axis));
            if (op.PadBegin(axis) >= extent || op.PadEnd(axis) >= extent)
            {
                throw node.Unsupported(
                    $"pads of {op.PadBegin(axis)} and {op.PadEnd(axis)} around a window of {extent} on spatial axis {axis} leave windows without an element; use pads smaller than the window.");
            }
        }
    }
}
