using Toolkit.Onnx;

namespace Toolkit.RunModel;

/// <summary>
/// Runs any ONNX model once, or ONNX's backend tests: a whole program around the engine, small enough to read and to copy. It is published as one native
/// executable without a runtime beside it.
/// </summary>
internal static class Program
{
    private const string Usage =
        """
        toolkit-run MODEL.onnx [FILE ...] [--threads N]
            Runs the model once. A FILE is one input, in the model's order: .npy, or .pb as ONNX's tests store tensors. Without files every input is zero.
        toolkit-run conformance DIR [--every N] [--known-gaps FILE]
            Runs the ONNX backend tests under DIR, every N-th of them. With a file of known gaps (tests/Conformance/Gaps) only others count.
        """;

    private static int Main(string[] args)
    {
        try
        {
            var arguments = new Arguments(args);
            if (arguments.Positional.Count == 0)
            {
                Console.Error.WriteLine(Usage);
                return 2;
            }

            return arguments.Positional[0] == "conformance" ? ConformanceMode.Run(arguments, new Backend()) : RunMode.Run(arguments, new Backend());
        }
        catch (Exception exception) when (exception is OnnxModelException or NotSupportedException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"toolkit-run: {exception.Message}");
            return 2;
        }
    }
}
