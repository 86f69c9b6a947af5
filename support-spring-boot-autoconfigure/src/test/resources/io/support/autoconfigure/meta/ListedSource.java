package io.support.autoconfigure.meta;
// <script>alert(1)</script> "><img src=x>
class ListedSource { String password = "hunter2";
}
